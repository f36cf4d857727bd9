// Builds what is published: one folder of CommonJS chunks, because Node starts CommonJS faster than ES modules.
// esbuild splits code only for ES modules, so each chunk is made as a module first and then rewritten.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { buildPage } from './build-page.mjs';
import { joinChunks } from './join-chunks.mjs';
import { writeNotices } from './notices.mjs';
import { spareParts } from './spare-parts.mjs';
import { undiciParts } from './undici-parts.mjs';

const root = path.resolve(import.meta.dirname, '..');
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

// What is loaded together, by the names of the files that it goes into.
const PROGRAM = {
  'main.js': [
    'src/main.ts',
    'src/store/store.ts',
    // What both catalogues need is in neither.
    ['src/i18n/en/index.ts', 'src/i18n/zh/index.ts'],
  ],
  'platform.js': ['src/platform/remote/create-platform.ts'],
  'transport.js': [
    'src/transport/create-transport.ts',
    ['src/transport/desktop/open-desktop.ts', 'src/transport/forward/open-forward.ts'],
  ],
};
const COMPLETION = {
  'complete.js': ['src/cli/completion/complete.ts'],
  'complete-sessions.js': ['src/cli/completion/ask-for-sessions.ts'],
};
const require = createRequire(import.meta.url);
const sparing = spareParts(root);
const options = {
  absWorkingDir: root,
  outdir: 'dist',
  write: false,
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  metafile: true,
  define: {
    HPC_DESK_VERSION: JSON.stringify(version),
    HPC_DESK_PAGE_FOLDER: JSON.stringify('./page/'),
    // conf writes without the atomic rename inside a snap; our promise is that it never does.
    'process.env.SNAP': 'undefined',
    // ws would load a native package of that name from any folder above ours.
    'process.env.WS_NO_BUFFER_UTIL': '"1"',
  },
  plugins: [undiciParts(root), sparing.plugin],
  logLevel: 'warning',
};
const program = await build({ ...options, entryPoints: { main: 'src/main.ts' } });
// By itself, so that what it shares with the program stays out of files that it does not need.
const completion = await build({
  ...options,
  entryPoints: { complete: 'src/cli/completion/complete.ts' },
  chunkNames: 'complete-[name]-[hash]',
});

sparing.checkAllMet();

// Made aside and then put in place, so that a program that is running finds its chunks until the last moment.
const dist = path.join(root, 'dist');
const next = path.join(root, 'dist.next');
await rm(next, { recursive: true, force: true });
await mkdir(next);
await writeFile(path.join(next, 'package.json'), '{ "type": "commonjs" }\n');
await writeFile(path.join(next, 'llhttp.wasm'), require('undici/lib/llhttp/llhttp_simd-wasm.js'));
await writeChunks(program, PROGRAM);
await writeChunks(completion, COMPLETION);
const pageInputs = await buildPage(root, path.join(next, 'page'));
await rm(dist, { recursive: true, force: true });
await rename(next, dist);
const inputs = [program, completion].flatMap(({ metafile }) => Object.keys(metafile.inputs));
await writeNotices(root, [...inputs, ...pageInputs], path.join(root, 'THIRD_PARTY_NOTICES'));

async function writeChunks({ outputFiles, metafile }, groups) {
  const chunks = new Map(outputFiles.map(({ path: file, text }) => [path.basename(file), text]));
  const { files, places } = await joinChunks(chunks, metafile.outputs, groups);
  const others = [...chunks].filter(([name]) => !places.has(name));
  for (const [name, text] of [...files, ...others]) {
    const code = await asCommonJs(text);
    const linked = code.replace(
      /require\("\.\/([^"]+)"\)/g,
      (call, wanted) => places.get(wanted) ?? call,
    );
    await writeCode(name, linked);
  }
}

/**
 * As `bin/hpc-desk.js` wants it: a function, in ASCII, because that is read and kept at half the cost, behind a digest by
 * which it knows what V8 made of the same text.
 */
function writeCode(name, code) {
  const parameters = 'exports,require,module,__filename,__dirname';
  const text = `(function(${parameters}){${code.replace(/[^\0-\x7f]/g, escapeUnit)}\n})`;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return writeFile(path.join(next, name), `/*${digest}*/${text}`);
}

/** Good within strings, templates and patterns; esbuild leaves such characters nowhere else. */
function escapeUnit(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

async function asCommonJs(text) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // Without this, `import()` would stay and start the ES module loader at run time.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'import_meta_url' },
    banner: text.includes('import.meta.url')
      ? 'const import_meta_url = require("node:url").pathToFileURL(__filename).href;'
      : '',
  });
  // For `import()` and default imports esbuild makes a copy of all that a module exports, one accessor after the other.
  const shared = code.replace(/\b__toESM\((require\("[^"]+"\))\)/g, (_, call) =>
    call.startsWith('require("./') ? call : `({ __proto__: ${call}, default: ${call} })`,
  );
  return (await transform(shared, { format: 'cjs', minify: true, target: 'node20' })).code;
}
