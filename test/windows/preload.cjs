// Loaded before everything else.
const { Socket } = require('node:net');

// Wine 8 has no TCP_KEEPIDLE, and connections fail without this.
Socket.prototype.setKeepAlive = function setKeepAlive() {
  return this;
};
