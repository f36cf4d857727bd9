// Builds what is published: CommonJS, because Node starts it fastest (docs/performance.md). Of each entry, all that it
// always needs is in one file, and what is behind import() in others.
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
// Built aside and then put in place, so that a program that is running keeps its files until the last moment.
const dist = path.join(root, 'dist');
const next = path.join(root, 'dist.next');
await rm(next, { recursive: true, force: true });
await mkdir(next);

const stubs = bundleStubs(root);
// One after the other: built together, what they share would be in files of its own.
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
        // `open` looks beside its own file for a launcher, which is not bundled.
        'import.meta.url': 'undefined',
        // conf writes without the atomic rename inside a snap; our promise is that it never does.
        'process.env.SNAP': 'undefined',
        // ws would load a native package of that name from any folder above ours.
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
      // `import()` would start the loader of ES modules when it runs.
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
