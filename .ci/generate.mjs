// Writes the generated files that are committed: completions, reference, manual page, list of the command-line surface.
// A test fails when a committed file is out of date.
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'rolldown';

const root = path.resolve(import.meta.dirname, '..');
const outfile = path.join(root, 'node_modules/.cache/hpc-desk/generated-files.cjs');
await build({
  cwd: root,
  input: 'src/generated-files.ts',
  platform: 'node',
  output: { file: outfile, format: 'cjs', codeSplitting: false },
});
const { generatedFiles } = createRequire(import.meta.url)(outfile);
for (const { file, text } of await generatedFiles()) {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
}
