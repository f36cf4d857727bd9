import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generatedFiles } from '../src/generated-files.js';

const root = join(import.meta.dirname, '..');

it.each(await generatedFiles())(
  '$file is up to date (to regenerate it: npm run generate)',
  ({ file, text }) => {
    expect(readFileSync(join(root, file), 'utf8')).toBe(text);
  },
);
