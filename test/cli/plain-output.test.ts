import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openOutput } from '../../src/cli/plain-output.js';
import { CapturedOutput } from '../helpers/run-cli.js';

const { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants;
const opened: number[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-output-'));
});
afterEach(() => {
  for (const descriptor of opened.splice(0)) closeSync(descriptor);
  rmSync(folder, { recursive: true, force: true });
});

function openFile(path: string, flags: string | number): number {
  const descriptor = openSync(path, flags);
  opened.push(descriptor);
  return descriptor;
}

function makeFifo(): string {
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [path]);
  return path;
}

const noStream = () => {
  throw new Error('asked for the stream of Node');
};

it('writes texts and bytes to a file, and calls back', async () => {
  const path = join(folder, 'file');
  const output = openOutput(openFile(path, 'w'), 'linux', noStream);
  expect(await new Promise((resolve) => output.write('一\n', resolve))).toBeUndefined();
  output.write(Buffer.from([0, 255]));
  expect(readFileSync(path)).toEqual(Buffer.concat([Buffer.from('一\n'), Buffer.from([0, 255])]));
});

it('writes to nowhere itself too', async () => {
  const output = openOutput(openFile('/dev/null', 'w'), 'linux', noStream);
  expect(await new Promise((resolve) => output.write('text', resolve))).toBeUndefined();
});

it('tells of a reader that went away', async () => {
  const path = makeFifo();
  const reader = openSync(path, O_RDONLY | O_NONBLOCK);
  const output = openOutput(openFile(path, O_WRONLY), 'linux', noStream);
  const told: unknown[] = [];
  output.on('error', ({ code }) => told.push(code));
  closeSync(reader);
  const error = await new Promise((resolve) => output.write('text', resolve));
  expect(error).toMatchObject({ code: 'EPIPE' });
  expect(told).toEqual(['EPIPE']);
});

it('leaves the rest to the stream of Node where a pipe is full and answers instead of waiting', async () => {
  const pipe = openFile(makeFifo(), O_RDWR | O_NONBLOCK);
  const stream = new CapturedOutput(false, 0);
  const output = openOutput(pipe, 'linux', () => stream);
  const told: unknown[] = [];
  output.on('error', ({ message }) => told.push(message));
  const text = 'ab'.repeat(100_000);
  await new Promise((resolve) => output.write(text, resolve));
  output.write('more');
  const first = Buffer.alloc(text.length);
  const firstBytes = readSync(pipe, first);
  expect(first.toString('utf8', 0, firstBytes) + stream.text).toBe(`${text}more`);
  expect(firstBytes).toBeGreaterThan(0);
  stream.emit('error', new Error('later'));
  expect(told).toEqual(['later']);
});

const elsewhere: readonly [string, NodeJS.Platform, () => number][] = [
  ['a device', 'linux', () => openFile('/dev/zero', 'w')],
  ['a descriptor that is closed', 'linux', () => 9_999],
  ['Windows', 'win32', () => openFile(join(folder, 'file'), 'w')],
];

it.each(elsewhere)('takes the stream of Node for %s', (_, platform, open) => {
  const stream = new CapturedOutput(true, 80);
  expect(openOutput(open(), platform, () => stream)).toBe(stream);
});
