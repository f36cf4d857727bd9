// What packages bring that this program never uses, or seldom: a plugin of esbuild that spares it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { ERROR, TYPE } = require('undici/lib/llhttp/constants.js');
const { channels } = require('undici/lib/core/diagnostics.js');
const unheard = Object.fromEntries(Object.keys(channels).map((name) => [name, {}]));

// Parts of packages that this program never reaches, or must not have; each costs start-up time or worse.
const LEFT_OUT = [
  // conf's JSON schema compiler: no schema is used, and loading it costs as much as starting Node.
  ['ajv/dist/2020.js', 'export class Ajv2020 {}'],
  ['ajv-formats/dist/index.js', 'export default function addFormats() {}'],
  // For conf's migrations, and there are none.
  ['semver/index.js', ''],
  // For what conf encrypts, and that is nothing.
  [
    'uint8array-extras/index.js',
    'export const [concatUint8Arrays, stringToUint8Array, uint8ArrayToString] = [];',
  ],
  // Handlers that end the process at the first signal, before ssh and viewers are closed.
  ['when-exit/dist/node/index.js', 'export default function whenExit() {}'],
  // Asks the environment about colours, which is decided once for each stream in cli/run/terminal.ts.
  ['chalk/source/vendor/supports-color/index.js', 'export default {}'],
  // A quicker way to a header's name, for those who read more than one answer.
  ['undici/lib/core/tree.js', 'exports.tree = { lookup: () => null };'],
  // undici for fetch bodies and HTTP/2, which no request here has, and its parser for CPUs without WebAssembly SIMD.
  ['undici/lib/web/fetch/body.js', ''],
  ['undici/lib/dispatcher/client-h2.js', ''],
  // Channels for those who look on from inside the process, and here there are none.
  ['undici/lib/core/diagnostics.js', `exports.channels = ${JSON.stringify(unheard)}`],
  // Of its tables the client reads two; making them all takes longer than parsing an answer.
  ['undici/lib/llhttp/constants.js', `module.exports = ${JSON.stringify({ ERROR, TYPE })}`],
  // Otherwise 72 KB of base64, which each start reads as text; and a Buffer is copied byte by byte when it is imported.
  [
    'undici/lib/llhttp/llhttp_simd-wasm.js',
    `
    const { readFileSync } = require('node:fs');
    module.exports = new Uint8Array(readFileSync(__dirname + '/llhttp.wasm')).buffer;`,
  ],
  ['undici/lib/llhttp/llhttp-wasm.js', 'throw new Error("this CPU has no WebAssembly SIMD")'],
];

// What is made ready when a package is loaded, and used by few runs: what stands there, and what is to stand there.
const MADE_LATER = [
  [
    'string-width/index.js',
    [
      'const segmenter = new Intl.Segmenter();',
      `let made;
      const segmenter = { segment: (text) => (made ??= new Intl.Segmenter('en')).segment(text) };`,
    ],
    [
      String.raw`const rgiEmojiRegex = /^\p{RGI_Emoji}$/v;`,
      String.raw`const rgiEmojiRegex = { test: (segment) => /^\p{RGI_Emoji}$/v.test(segment) };`,
    ],
  ],
];

// Modules of Node that packages need a line or two of, and that cost a tenth of Node's start each.
const STANDING_IN = [
  // conf encrypts with it, on request.
  ['node:crypto', /\/node_modules\/conf\//, 'export default {}'],
  [
    'node:assert',
    /\/node_modules\/(conf|undici)\//,
    `
    const assert = (holds, message = 'assertion failed') => {
      if (!holds) throw message instanceof Error ? message : new Error(message);
    };
    // conf compares what it read from JSON.
    assert.deepEqual = (one, other) => assert(JSON.stringify(one) === JSON.stringify(other));
    module.exports = assert;`,
  ],
  // A class to compare with, and the limit that Node itself has unless told.
  [
    'node:http',
    /\/node_modules\/undici\//,
    `
    exports.IncomingMessage = class {};
    exports.maxHeaderSize = 16 * 1024;`,
  ],
];

/** @param root - The folder of the project. */
export function spareParts(root) {
  const met = new Set();
  const patternOf = (file) => new RegExp(`/node_modules/${file.replaceAll('.', '\\.')}$`);

  function setup({ onLoad, onResolve }) {
    // commander can run subcommands as programs of their own; ours are all inside.
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/node_modules/commander/') ? { path: 'none', namespace: 'empty' } : null,
    );
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
    for (const [id, owners, contents] of STANDING_IN) {
      const filter = new RegExp(`^${id}$`);
      onResolve({ filter }, ({ importer }) =>
        owners.test(importer) ? { path: id, namespace: 'standing-in' } : null,
      );
      onLoad({ filter, namespace: 'standing-in' }, () => {
        met.add(id);
        return { contents, resolveDir: root };
      });
    }
    for (const [file, contents] of LEFT_OUT) {
      onLoad({ filter: patternOf(file) }, () => {
        met.add(file);
        return { contents };
      });
    }
    for (const [file, ...changes] of MADE_LATER) {
      onLoad({ filter: patternOf(file) }, async (found) => {
        let contents = await readFile(found.path, 'utf8');
        const missing = changes.filter(([old]) => !contents.includes(old));
        // An older one, that another package brings.
        if (missing.length === changes.length) return undefined;
        if (missing.length > 0) throw new Error(`${found.path} has no longer: ${missing[0][0]}`);
        for (const [old, later] of changes) contents = contents.replace(old, () => later);
        met.add(file);
        return { contents };
      });
    }
  }

  return {
    plugin: { name: 'spare-parts', setup },
    /** A package that has changed must not bring its parts back unnoticed. */
    checkAllMet() {
      const unmet = [...LEFT_OUT, ...STANDING_IN, ...MADE_LATER].filter(([name]) => !met.has(name));
      if (unmet.length > 0) throw new Error(`nothing to spare: ${unmet.map(([name]) => name)}`);
    },
  };
}
