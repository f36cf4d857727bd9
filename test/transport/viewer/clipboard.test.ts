import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clipboardPrograms, findClipboard } from '../../../src/transport/viewer/clipboard.js';

const SIGNAL = new AbortController().signal;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-clipboard-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Installs a clipboard program with this shell script. */
function install(name: string, lines: string) {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}
const find = () =>
  findClipboard({ platform: 'linux', environment: { PATH: folder, DISPLAY: ':0' } });

test.each([
  ['darwin', {}, ['pbcopy']],
  ['win32', {}, ['clip.exe']],
  ['linux', { DISPLAY: ':0' }, ['xclip', 'xsel', 'clip.exe']],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['wl-copy', 'clip.exe']],
  ['linux', { WAYLAND_DISPLAY: 'w', DISPLAY: ':0' }, ['wl-copy', 'xclip', 'xsel', 'clip.exe']],
  ['linux', {}, ['clip.exe']],
] as const)('on %s with %o the clipboard programs are %o', (platform, environment, names) => {
  expect(clipboardPrograms(platform, environment).map(([name]) => name)).toEqual(names);
});

test('the text is passed on stdin unchanged, never as an argument', async () => {
  const path = install(
    'xsel',
    'echo "$@" > "$0.argv"; read -r text; printf %s "$text" > "$0.stdin"',
  );
  // `read` needs a newline.
  expect(await find()?.write('pa$s "w0rd\n', SIGNAL)).toBe(true);
  expect(readFileSync(`${path}.stdin`, 'utf8')).toBe('pa$s "w0rd');
  expect(readFileSync(`${path}.argv`, 'utf8')).toBe('--clipboard --input\n');
});

test('write returns false when the program fails', async () => {
  install('xclip', 'exit 1');
  expect(await find()?.write('secret', SIGNAL)).toBe(false);
});

test('write rejects with the reason of the signal when the program hangs', async () => {
  install('xclip', 'exec /bin/sleep 60');
  const abort = new AbortController();
  const writing = find()?.write('secret', abort.signal);
  abort.abort(new Error('enough'));
  await expect(writing).rejects.toThrow('enough');
});

test('without a program there is no clipboard', () => expect(find()).toBeUndefined());
