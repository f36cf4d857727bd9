import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pictureFileName, savePicture } from '../../../src/commands/vnc/save-picture.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-picture-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const PNG = Buffer.from('png');
const save = (name: string) => savePicture(at(name), Readable.from([PNG]));

test('a picture file is named after the local time', () => {
  expect(pictureFileName(new Date(2026, 10, 4, 5, 6, 7))).toBe('hpc-desk-20261104-050607.png');
});

describe('a picture', () => {
  test('is saved with mode 0600', async () => {
    expect(await save('a.png')).toBe(PNG.length);
    expect(readFileSync(at('a.png'))).toEqual(PNG);
    expect(statSync(at('a.png')).mode & 0o777).toBe(0o600);
  });

  test('never replaces an existing file', async () => {
    writeFileSync(at('a.png'), 'mine');
    await expect(save('a.png')).rejects.toMatchObject({
      code: 'usage.fileExists',
      details: { path: at('a.png') },
    });
    expect(readFileSync(at('a.png'), 'utf8')).toBe('mine');
  });

  test('is not written through a symbolic link, even a dangling one', async () => {
    symlinkSync(at('elsewhere.png'), at('a.png'));
    await expect(save('a.png')).rejects.toMatchObject({
      code: 'usage.fileExists',
    });
    expect(() => statSync(at('elsewhere.png'))).toThrow('ENOENT');
  });

  test.each([
    ['missing/a.png', 'output.failed'],
    ['file/a.png', 'output.failed'],
    ['.', 'usage.fileExists'],
  ])('cannot be saved as %s', async (name, code) => {
    writeFileSync(at('file'), '');
    await expect(save(name)).rejects.toMatchObject({ code });
  });
});
