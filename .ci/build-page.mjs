// Builds the browser page: one ES module, because noVNC awaits at its top level, and the files that go with it.
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { writeNotices } from './notices.mjs';

const AS_THEY_ARE = ['index.html', 'icon.svg'];

/** Answers with the bundler's inputs, whose licences must be told. */
export async function buildPage(root, folder) {
  const source = path.join(root, 'src/web');
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/web/main.ts', 'src/web/page.css'],
    entryNames: 'page',
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    metafile: true,
    logLevel: 'warning',
  });
  await Promise.all(
    AS_THEY_ARE.map((file) => copyFile(path.join(source, file), path.join(folder, file))),
  );
  const inputs = Object.keys(metafile.inputs);
  await writeNotices(root, inputs, path.join(folder, 'notices.txt'));
  return inputs;
}
