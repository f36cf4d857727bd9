import { execFile } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN } from '../../helpers/run-bin.js';
import { openTestDesk } from '../test-desk.js';

const PASSWORD = 'dragon42';
const geometry = { widthPx: 320, heightPx: 200 };
const desk = openTestDesk({ geometry });
const locked = openTestDesk({ geometry, vncPassword: PASSWORD });

beforeAll(async () => {
  for (const one of [desk, locked]) {
    await one.logIn();
    await one.run('vnc create');
  }
});
afterAll(async () => {
  for (const one of [desk, locked]) await one.run('vnc delete --yes');
});

describe('vnc screenshot', () => {
  const at = (name: string) => join(desk.folder, name);

  it('saves a PNG with mode 0600 and reports its path', async () => {
    const file = at('a.png');
    const { exitCode, stdout } = await desk.run(['vnc', 'screenshot', '--file', file, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ file, ...geometry, bytes: statSync(file).size });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const png = readFileSync(file);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([320, 200]);
  });

  it('does not overwrite a file', async () => {
    writeFileSync(at('mine.png'), 'mine');
    const line = ['vnc', 'screenshot', '--file', at('mine.png')];
    expect(await desk.run(line)).toMatchObject({ exitCode: 2, stdout: '' });
    expect(readFileSync(at('mine.png'), 'utf8')).toBe('mine');
  });

  it('draws on the terminal with --show, and links the saved file', async () => {
    const { stdout } = await desk.run('vnc screenshot --show', { isTerminal: true, columns: 40 });
    expect(stdout.split('\n')[0]?.match(/▀/g)).toHaveLength(40);
    // The first bar of the test card is white, inside its frame.
    expect(stdout).toContain('\x1b[38;2;255;255;255m');
    const kitty = { isTerminal: true, environment: { TERM: 'xterm-kitty' } };
    const shown = await desk.run(['vnc', 'screenshot', '--show', '--file', at('k.png')], kitty);
    expect(shown.stdout).toMatch(/^\x1b_Ga=T,f=100,q=2,c=80,/);
    const link = `\x1b]8;;${pathToFileURL(at('k.png')).href}\x1b\\${at('k.png')}\x1b]8;;\x1b\\`;
    expect(shown.stdout).toContain(`Saved ${link} (320×200).`);
  });

  it.each([
    ['vnc screenshot --file -', true],
    ['vnc screenshot --show', false],
    ['vnc screenshot --file - --json', false],
    ['vnc screenshot --file - --field file', false],
    ['vnc screenshot --file - --show', true],
    ["vnc screenshot --file ''", false],
  ])('rejects %s (terminal: %s) without a request', async (line, isTerminal) => {
    const before = desk.requests.length;
    expect(await desk.run(line, { isTerminal })).toMatchObject({ exitCode: 2, stdout: '' });
    expect(desk.requests).toHaveLength(before);
  });

  it('writes the same bytes to standard output as to a file', async () => {
    const file = at('b.png');
    await desk.run(['vnc', 'screenshot', '--file', file]);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [BIN, 'vnc', 'screenshot', '--file', '-', '-q'],
      {
        encoding: 'buffer',
        env: { PATH: process.env.PATH, HPC_DESK_CONFIG_DIR: desk.folder },
      },
    );
    expect(stdout).toEqual(readFileSync(file));
  });

  it('needs the password of a desktop with VNC authentication', async () => {
    const line = ['vnc', 'screenshot', '--file', at('c.png'), '--json'];
    const { exitCode, stderr } = await locked.run(line);
    expect([exitCode, JSON.parse(stderr).error.code]).toEqual([7, 'rfb.authFailed']);
    const environment = { HPC_DESK_VNC_PASSWORD: PASSWORD };
    expect(await locked.run(line, { environment })).toMatchObject({ exitCode: 0 });
  });
});
