// Builds the browser page: one ES module, because noVNC awaits at its top level, and the files that go with it.
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'rolldown';
import { bundledFiles, writeNotices } from './notices.mjs';

const AS_THEY_ARE = ['index.html', 'icon.svg', 'page.css'];

/** Answers with the files that are bundled, whose licences must be told. */
export async function buildPage(root, folder) {
  const { output } = await build({
    cwd: root,
    input: { page: 'src/web/main.ts' },
    platform: 'browser',
    transform: { target: 'es2022' },
    output: { dir: folder, entryFileNames: '[name].js', minify: true },
  });
  for (const file of AS_THEY_ARE) {
    await copyFile(path.join(root, 'src/web', file), path.join(folder, file));
  }
  const inputs = bundledFiles(root, output);
  await writeNotices(root, inputs, path.join(folder, 'notices.txt'));
  return inputs;
}
