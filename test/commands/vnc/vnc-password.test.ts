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

/** Connects with a viewer that prompts for the password itself; `answer` is typed on the terminal. */
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

it('copies the password to the clipboard after “y”, and does not print it', async () => {
  installClipboard();
  const { exitCode, stdout, stderr } = await connect('y\n');
  expect(exitCode).toBe(0);
  expect(readFileSync(inFolder('xclip.stdin'), 'utf8')).toBe(PASSWORD);
  expect(stderr).toContain('will ask for the VNC password. Copy it to the clipboard?');
  expect(stderr).toContain('The VNC password is on the clipboard;');
  expect(stdout + stderr).not.toContain(PASSWORD);
});

it('does not touch the clipboard after an empty answer', async () => {
  installClipboard();
  const { exitCode, stderr } = await connect('\n');
  expect([exitCode, existsSync(inFolder('xclip.stdin'))]).toEqual([0, false]);
  expect(stderr).not.toContain('is on the clipboard');
});

it('reports a failed clipboard program and continues', async () => {
  installClipboard('exit 1');
  const { exitCode, stderr } = await connect('y\n');
  expect(exitCode).toBe(0);
  expect(stderr).toContain('could not be copied');
});

it('does not prompt without a terminal', async () => {
  installClipboard();
  const { exitCode, stderr } = await connect('', false);
  expect([exitCode, existsSync(inFolder('xclip.stdin'))]).toEqual([0, false]);
  expect(stderr).not.toContain('clipboard');
});
