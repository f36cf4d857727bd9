import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { openTestDesk } from '../test-desk.js';

const PASSWORD = 'pa$sW0rd';
const desk = openTestDesk();
const inFolder = (name: string) => join(desk.folder, name);
const write = (name: string, lines: string) =>
  writeFileSync(inFolder(name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });

beforeAll(async () => {
  await desk.logIn();
  write('a-viewer', 'exit 0');
});
afterEach(() => {
  for (const name of ['xclip', 'xclip.stdin']) rmSync(inFolder(name), { force: true });
});

/** A viewer that asks for the password itself, with this answer typed on the terminal. */
const connect = (answer: string, isTerminal = true) =>
  desk.run(`vnc connect --viewer ${inFolder('a-viewer')}`, {
    isTerminal,
    stdin: answer,
    environment: {
      PATH: `${desk.folder}:/usr/bin:/bin`,
      DISPLAY: ':0',
      HPC_DESK_VNC_PASSWORD: PASSWORD,
    },
  });
const installClipboard = (ending = 'exit 0') => write('xclip', `cat > "$0.stdin"\n${ending}`);

it('puts the password where the user wants it, and shows it nowhere', async () => {
  installClipboard();
  const { exitCode, stdout, stderr } = await connect('y\n');
  expect(exitCode).toBe(0);
  expect(readFileSync(inFolder('xclip.stdin'), 'utf8')).toBe(PASSWORD);
  expect(stderr).toContain('will ask for the VNC password. Copy it to the clipboard?');
  expect(stderr).toContain('The VNC password is on the clipboard;');
  expect(stdout + stderr).not.toContain(PASSWORD);
});

it('leaves the clipboard alone after an empty line', async () => {
  installClipboard();
  const { exitCode, stderr } = await connect('\n');
  expect([exitCode, existsSync(inFolder('xclip.stdin'))]).toEqual([0, false]);
  expect(stderr).not.toContain('is on the clipboard');
});

it('says so when the program fails, and goes on', async () => {
  installClipboard('exit 1');
  const { exitCode, stderr } = await connect('y\n');
  expect(exitCode).toBe(0);
  expect(stderr).toContain('could not be copied');
});

it('asks nothing where nobody can answer', async () => {
  installClipboard();
  const { exitCode, stderr } = await connect('', false);
  expect([exitCode, existsSync(inFolder('xclip.stdin'))]).toEqual([0, false]);
  expect(stderr).not.toContain('clipboard');
});
