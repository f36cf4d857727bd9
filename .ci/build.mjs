// Builds what is published: one CommonJS file for each entry, because Node starts those fastest (docs/performance.md).
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { buildPage } from './build-page.mjs';
import { bundleStubs } from './bundle-stubs.mjs';
import { writeNotices } from './notices.mjs';

const root = path.resolve(import.meta.dirname, '..');
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
// Built aside and then put in place, so that a program that is running keeps its files until the last moment.
const dist = path.join(root, 'dist');
const next = path.join(root, 'dist.next');
await rm(next, { recursive: true, force: true });
await mkdir(next);

const stubs = bundleStubs(root);
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', 'src/cli/completion/complete.ts', 'src/prepare.ts'],
  entryNames: '[name]',
  outdir: next,
  bundle: true,
  minify: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // `import()` would start the loader of ES modules when it runs.
  supported: { 'dynamic-import': false },
  metafile: true,
  define: {
    HPC_DESK_VERSION: JSON.stringify(version),
    HPC_DESK_PAGE_FOLDER: JSON.stringify('page'),
    'import.meta.dirname': '__dirname',
    // `open` looks beside its own file for a launcher, which is not bundled.
    'import.meta.url': 'undefined',
    // conf writes without the atomic rename inside a snap; our promise is that it never does.
    'process.env.SNAP': 'undefined',
    // ws would load a native package of that name from any folder above ours.
    'process.env.WS_NO_BUFFER_UTIL': '"1"',
  },
  plugins: [stubs.plugin],
  logLevel: 'warning',
});
stubs.checkAllMet();
await writeFile(path.join(next, 'package.json'), '{ "type": "commonjs" }\n');
const pageInputs = await buildPage(root, path.join(next, 'page'));

await rm(dist, { recursive: true, force: true });
await rename(next, dist);
const inputs = [...Object.keys(metafile.inputs), ...pageInputs];
await writeNotices(root, inputs, path.join(root, 'THIRD_PARTY_NOTICES'));
