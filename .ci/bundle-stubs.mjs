// A bundler plugin that replaces unused or unwanted parts of packages with stubs.
import path from 'node:path';

/** Replaces the module that commander would load. */
const CHILD_PROCESS = 'commander/child_process';
const STUBS = {
  // conf's JSON schema compiler: unused, and loading it takes half as long as Node's start.
  'ajv/dist/2020.js': 'export class Ajv2020 {}',
  'ajv-formats/dist/index.js': 'export default function addFormats() {}',
  // Reads the home folder on load, which fails for a user without one; conf always gets its folder from us.
  'env-paths/index.js': 'export default function envPaths() {}',
  // For migrations in conf, which are unused.
  'semver/index.js': 'module.exports = {};',
  // For subcommands that are separate programs, which are unused; loading it takes a tenth of Node's start.
  [CHILD_PROCESS]: 'module.exports = {};',
  // The only one used of 90 spinners.
  'cli-spinners/spinners.json':
    '{ "dots": { "interval": 80, "frames": ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] } }',
  // Would exit at the first signal, before ssh and viewers are closed.
  'when-exit/dist/node/index.js': 'export default function whenExit() {}',
  // Unused half of undici: fetch bodies, HTTP/2, the parser for CPUs without SIMD.
  'undici/lib/web/fetch/body.js': 'module.exports = {};',
  'undici/lib/dispatcher/client-h2.js': 'module.exports = {};',
  'undici/lib/llhttp/llhttp-wasm.js': 'throw new Error("this CPU has no WebAssembly SIMD")',
  // undici's public entry also loads fetch, caches, mocks and WebSocket: with it `vnc create` takes 3 to 5 times the start
  // of Node. It also adds `connect`, which ProxyAgent calls.
  'undici/index.js': `
    require('./lib/dispatcher/dispatcher.js').prototype.connect = require('./lib/api/api-connect.js');
    exports.Client = require('./lib/dispatcher/client.js');
    exports.buildConnector = require('./lib/core/connect.js');
    exports.ProxyAgent = require('./lib/dispatcher/proxy-agent.js');
    exports.Socks5ProxyAgent = require('./lib/dispatcher/socks5-proxy-agent.js');`,
};

/** string-width creates its segmenter on load, which takes 0.7 × Node's start; tables rarely need it. */
const SEGMENTER = 'const segmenter = new Intl.Segmenter();';
const SEGMENTER_ON_DEMAND = `
  let made;
  const segmenter = { segment: (text) => (made ??= new Intl.Segmenter('en')).segment(text) };`;

/** @param root - Folder of the project. */
export function bundleStubs(root) {
  const packages = path.join(root, 'node_modules/');
  const unmet = new Set([...Object.keys(STUBS), SEGMENTER]);

  return {
    plugin: {
      name: 'bundle-stubs',
      resolveId(name, importer) {
        const isStub = name === 'node:child_process' && importer?.includes('/commander/lib/');
        return isStub ? CHILD_PROCESS : undefined;
      },
      load(file) {
        const name = file.startsWith(packages) ? file.slice(packages.length) : file;
        unmet.delete(name);
        return STUBS[name];
      },
      transform(code, file) {
        // The older version in cli-table3 has no segmenter.
        if (!file.endsWith('/string-width/index.js') || !code.includes(SEGMENTER)) return;
        unmet.delete(SEGMENTER);
        return code.replace(SEGMENTER, SEGMENTER_ON_DEMAND);
      },
    },
    /** Throws when a stub or patch no longer applies after an update of its package. */
    checkAllMet() {
      if (unmet.size > 0) throw new Error(`nothing to replace: ${[...unmet]}`);
    },
  };
}
