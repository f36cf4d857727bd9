// Builds the browser page as one ES module, because noVNC uses top-level await, and copies its static files.
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'rolldown';
import { bundledFiles, writeNotices } from './notices.mjs';

const STATIC_FILES = ['index.html', 'icon.svg', 'page.css'];

/** Returns the bundled files, for their licence notices. */
export async function buildPage(root, folder) {
  const { output } = await build({
    cwd: root,
    input: { page: 'src/web/main.ts' },
    platform: 'browser',
    transform: { target: 'es2022' },
    output: { dir: folder, entryFileNames: '[name].js', minify: true },
  });
  for (const file of STATIC_FILES) {
    await copyFile(path.join(root, 'src/web', file), path.join(folder, file));
  }
  const inputs = bundledFiles(root, output);
  await writeNotices(root, inputs, path.join(folder, 'notices.txt'));
  return inputs;
}
