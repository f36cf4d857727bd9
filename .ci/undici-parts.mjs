// `import { … } from 'undici'` loads its whole public entry: fetch, cache, mocks and WebSocket cost the program 3 to 5
// times the start of Node (npm run bench). The build loads the four classes that are used from their own files.
const PARTS = `
  exports.Client = require('undici/lib/dispatcher/client.js');
  exports.buildConnector = require('undici/lib/core/connect.js');
  Object.defineProperties(exports, {
    ProxyAgent: { get() {
      // What the public entry does with all of its methods.
      require('undici/lib/dispatcher/dispatcher.js').prototype.connect = require('undici/lib/api/api-connect.js');
      return require('undici/lib/dispatcher/proxy-agent.js');
    } },
    Socks5ProxyAgent: { get: () => require('undici/lib/dispatcher/socks5-proxy-agent.js') },
  });
`;

/** @param root - The folder of the project. */
export const undiciParts = (root) => ({
  name: 'undici-parts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'undici-parts' }));
    onLoad({ filter: /.*/, namespace: 'undici-parts' }, () => ({
      contents: PARTS,
      resolveDir: root,
    }));
  },
});
