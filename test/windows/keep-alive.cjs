// Loaded before everything else: Wine 8 has no TCP_KEEPIDLE, and connections fail without this.
require('node:net').Socket.prototype.setKeepAlive = function setKeepAlive() {
  return this;
};
