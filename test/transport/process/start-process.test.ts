import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import {
  type ProcessOptions,
  type StartedProcess,
  startProcess,
} from '../../../src/transport/process/start-process.js';

const started: StartedProcess[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((child) => child.close()));
});

function start(script: string, options: Partial<ProcessOptions> = {}): StartedProcess {
  const child = startProcess({
    program: process.execPath,
    arguments: ['-e', script],
    environment: process.env,
    ...options,
  });
  started.push(child);
  return child;
}

test('the exit code of a child is reported', async () => {
  expect(await start('process.exit(7)').exited).toEqual({ exitCode: 7, signal: null });
});

test('the last lines of stderr are complete when the exit is reported', async () => {
  const child = start(
    'for (let i = 0; i < 5000; i++) console.error("line " + i); console.error("why")',
  );
  await child.exited;
  const lines = Array.from({ length: 19 }, (_, index) => `line ${4981 + index}`);
  expect(child.stderrTail().split('\n')).toEqual([...lines, 'why']);
});

test.each([
  ['nothing of an empty stderr', '', ''],
  ['a line split over writes', 'write("on"); write("e\\ntw"); write("o\\n")', 'one\ntwo'],
  ['a last line without a newline', 'write("one\\ntwo")', 'one\ntwo'],
  ['a UTF-8 character split over writes', 'write([0xe8, 0x8a]); write([0x82])', '节'],
  [
    'the last 64 Ki characters of a very long line',
    'write("x".repeat(1e5)); write("y".repeat(1e5))',
    'y'.repeat(65_536),
  ],
])('stderrTail returns %s', async (_, script, kept) => {
  const write = 'const write = (bytes) => require("fs").writeSync(2, Buffer.from(bytes));';
  const child = start(`${write} ${script}`);
  await child.exited;
  expect(child.stderrTail()).toBe(kept);
});

test('a program that cannot be started exits with neither code nor signal, and stderrTail has the reason', async () => {
  const child = start('', { program: '/nowhere/ssh' });
  expect(await child.exited).toEqual({ exitCode: null, signal: null });
  expect(child.stderrTail()).toContain('ENOENT');
  await child.close();
});

test('a buffer is written to stdin in full, followed by EOF', async () => {
  const child = start('process.stdin.pipe(process.stdout)', {
    stdin: Buffer.from('secret\n'),
    stdout: 'pipe',
  });
  expect(child.stdin).toBeNull();
  expect(await text(child.stdout as NodeJS.ReadableStream)).toBe('secret\n');
});

test('a child that does not read its stdin causes no error', async () => {
  const child = start('process.stdin.destroy()', { stdin: Buffer.alloc(1024 * 1024) });
  expect((await child.exited).exitCode).toBe(0);
});

test('HPC_DESK_TOKEN is not passed to a child', async () => {
  const script = 'console.log(process.env.HPC_DESK_TOKEN, process.env.LANG)';
  const environment = { HPC_DESK_TOKEN: 'secret', LANG: 'C' };
  const child = start(script, { environment, stdout: 'pipe' });
  expect(await text(child.stdout as NodeJS.ReadableStream)).toBe('undefined C\n');
});

test('close terminates a child and waits for it', async () => {
  const child = start('setInterval(() => {}, 1000)');
  await child.close();
  expect(await child.exited).toEqual({ exitCode: null, signal: 'SIGTERM' });
  await child.close();
});

test('a child that ignores SIGTERM is killed after 3 s', async () => {
  const script =
    'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("ready")';
  const child = start(script, { stdout: 'pipe' });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  await child.close();
  expect((await child.exited).signal).toBe('SIGKILL');
});

test('a grandchild that keeps stderr open does not delay the exit', async () => {
  const script = `
    const { spawn } = require('node:child_process');
    const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: ['ignore', 'ignore', 'inherit'], detached: true });
    grandchild.unref();
    console.log(grandchild.pid);
    process.exitCode = 3;`;
  const child = start(script, { stdout: 'pipe' });
  const grandchild = Number(await text(child.stdout as NodeJS.ReadableStream));
  expect((await child.exited).exitCode).toBe(3);
  expect(process.kill(grandchild, 'SIGKILL')).toBe(true);
});
