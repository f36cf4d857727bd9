import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A real X server that picks its own display number. */
export interface XServer {
  /** `:7` */
  readonly display: string;
  readonly displayNumber: number;
  close(): Promise<void>;
}

/** Starts Xvfb or Xvnc and waits until it reports its display; the caller closes it. */
export async function startXServer(program: string, args: readonly string[]): Promise<XServer> {
  // Without -noreset the server resets after its last client, such as xwd, and refuses connections meanwhile.
  const child = spawn(program, ['-displayfd', '3', '-nolisten', 'tcp', '-noreset', ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const errors: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
  const exited = once(child, 'exit');
  const [line] = await Promise.race([once(child.stdio[3] as Readable, 'data'), exited]);
  if (!Buffer.isBuffer(line)) throw new Error(`${program}: ${Buffer.concat(errors)}`);
  const displayNumber = Number(line);
  return { display: `:${displayNumber}`, displayNumber, close: () => end(child, exited) };
}

async function end(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  await exited;
  for (const stream of child.stdio) stream?.destroy();
}

export async function paintRoot(display: string, colour: string): Promise<void> {
  await run('xsetroot', ['-display', display, '-solid', colour]);
}

/** Counts the pixels of one colour (0xRRGGBB) on a display; the dump format is that of X11/XWDFile.h. */
export async function countPixels(display: string, colour: number): Promise<number> {
  const { stdout } = await run('xwd', ['-display', display, '-root', '-silent'], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
  });
  const field = (index: number) => stdout.readUInt32BE(index * 4);
  const [headerBytes, byteOrder, bitsPerPixel, colours] = [
    field(0),
    field(7),
    field(11),
    field(19),
  ];
  if (byteOrder !== 0 || bitsPerPixel !== 32) throw new Error('not a dump that this test can read');
  let count = 0;
  for (let offset = headerBytes + colours * 12; offset + 4 <= stdout.length; offset += 4) {
    if ((stdout.readUInt32LE(offset) & 0xffffff) === colour) count += 1;
  }
  return count;
}
