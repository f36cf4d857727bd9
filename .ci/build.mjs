// Builds the published files as CommonJS, because Node starts it fastest (docs/performance.md). Each entry has one file
// with its static imports, and other files with its dynamic imports.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'rolldown';
import { buildPage } from './build-page.mjs';
import { bundleStubs } from './bundle-stubs.mjs';
import { bundledFiles, writeNotices } from './notices.mjs';

const root = path.resolve(import.meta.dirname, '..');
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
const ENTRIES = {
  main: 'src/main.ts',
  complete: 'src/cli/completion/complete.ts',
  prepare: 'src/prepare.ts',
};
// Built in another folder and then renamed, so that a running program keeps its files as long as possible.
const dist = path.join(root, 'dist');
const next = path.join(root, 'dist.next');
await rm(next, { recursive: true, force: true });
await mkdir(next);

const stubs = bundleStubs(root);
// One at a time: built together, shared modules would go into separate files.
const inputs = [];
for (const [name, file] of Object.entries(ENTRIES)) {
  const { output } = await build({
    cwd: root,
    input: { [name]: file },
    preserveEntrySignatures: 'allow-extension',
    platform: 'node',
    transform: {
      target: 'node20',
      define: {
        HPC_DESK_VERSION: JSON.stringify(version),
        HPC_DESK_PAGE_FOLDER: JSON.stringify('page'),
        // `open` looks next to its own file for a launcher, which is not bundled.
        'import.meta.url': 'undefined',
        // Inside a snap, conf would write without the atomic rename, which we guarantee.
        'process.env.SNAP': 'undefined',
        // ws would load the native package `bufferutil` from any parent folder.
        'process.env.WS_NO_BUFFER_UTIL': '"1"',
      },
    },
    plugins: [stubs.plugin],
    output: {
      dir: next,
      format: 'cjs',
      minify: true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      codeSplitting: { groups: [{ name, tags: ['$initial'] }] },
      // `import()` would start the ES module loader at run time.
      dynamicImportInCjs: false,
    },
  });
  inputs.push(...bundledFiles(root, output));
}
stubs.checkAllMet();
await writeFile(path.join(next, 'package.json'), '{ "type": "commonjs" }\n');
inputs.push(...(await buildPage(root, path.join(next, 'page'))));

await rm(dist, { recursive: true, force: true });
await rename(next, dist);
await writeNotices(root, inputs, path.join(root, 'THIRD_PARTY_NOTICES'));
