import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';
import stringWidth from 'string-width';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleStubs } from '../../.ci/bundle-stubs.mjs';
import { EMOJI_CORPUS, WIDTH_CORPUS } from '../hostile/injection/width-corpus.js';

const root = process.cwd();
let folder: string;
let built: typeof stringWidth;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-'));
  const file = join(folder, 'built.cjs');
  await build({
    input: join(root, 'node_modules/string-width/index.js'),
    plugins: [bundleStubs(root).plugin],
    platform: 'node',
    output: { file, format: 'cjs', exports: 'default' },
  });
  built = createRequire(import.meta.url)(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([...Object.values(WIDTH_CORPUS).flat(), ...EMOJI_CORPUS, '会话', '\x1b[1mé\x1b[0m', ''])(
  'the bundled string-width returns the same width as the package: %j',
  (text) => {
    expect(built(text)).toBe(stringWidth(text));
  },
);
