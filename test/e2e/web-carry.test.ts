import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { IS_DEEP } from '../helpers/deep.js';
import { bytesUntilBackpressure, pageBytesUntilBackpressure, pieces } from '../helpers/flood.js';
import { type DeskHome, logIn, openDeskHome } from '../helpers/open-desk-home.js';
import { enterPage } from '../helpers/page-session.js';
import { startPlatformOf } from '../helpers/start-platform-of.js';
import { type RfbGreeter, startRfbGreeter } from '../helpers/start-rfb-greeter.js';

const MIB = 1024 * 1024;
/** The promised 2 GiB, in deep runs only. */
const EXACT_BYTES = IS_DEEP ? 2_048 * MIB : 128 * MIB;
const MAX_RSS_MIB = 256;
/** More than the socket buffers of the kernel and those of this process. */
const HELD_UP_BYTES = 64 * MIB;

let user: DeskHome;
let greeter: RfbGreeter;
let desktop: Socket;
let page: WebSocket;
let pid: number;
let closePlatform: () => Promise<void>;

beforeEach(async () => {
  user = await openDeskHome();
  greeter = await startRfbGreeter('RFB 003.008\n', () => {});
  const { apiUrl, close } = await startPlatformOf(greeter.target);
  closePlatform = close;
  await logIn(user, { apiUrl, token: 'carry' });
  const running = await user.start(['vnc', 'connect', '--web', '--field', 'url'], {
    environment: { HPC_DESK_BROWSER: 'none' },
  });
  pid = running.pid;
  page = (await enterPage(running.firstLine)).socket;
  await once(page, 'message');
  desktop = await greeter.connection(0);
});

afterEach(async () => {
  page.terminate();
  await user.close();
  await greeter.close();
  await closePlatform();
});

test('the built program forwards every byte from the desktop to the page', async () => {
  const [sent, got] = [createHash('sha256'), createHash('sha256')];
  page.on('message', (bytes: Buffer) => got.update(bytes));
  for (const piece of pieces(EXACT_BYTES)) {
    sent.update(piece);
    if (!desktop.write(piece)) await once(desktop, 'drain');
  }
  desktop.end();
  await once(page, 'close');
  expect(got.digest('hex')).toBe(sent.digest('hex'));
});

test('the built program unmasks and forwards every byte from the page to the desktop', async () => {
  const [sent, got] = [createHash('sha256'), createHash('sha256')];
  desktop.on('data', (bytes) => got.update(bytes));
  for (const piece of pieces(EXACT_BYTES)) {
    sent.update(piece);
    await new Promise((resolve) => page.send(piece, resolve));
  }
  page.close();
  await once(desktop, 'end');
  expect(got.digest('hex')).toBe(sent.digest('hex'));
});

describe.runIf(process.platform === 'linux')(
  `a stalled reader, with memory below ${MAX_RSS_MIB} MiB`,
  () => {
    const chunk = Buffer.alloc(256 * 1024);

    test('a stalled page stops the desktop from sending', async () => {
      page.pause();
      const bytes = await bytesUntilBackpressure(
        () => desktop.writableLength < MIB && desktop.write(chunk),
        () => desktop.bytesWritten - desktop.writableLength,
      );
      expect(bytes).toBeLessThan(HELD_UP_BYTES);
      expect(await peakRssMib()).toBeLessThan(MAX_RSS_MIB);
    });

    test('a stalled desktop stops the page from sending', async () => {
      desktop.pause();
      expect(await pageBytesUntilBackpressure(page)).toBeLessThan(HELD_UP_BYTES);
      expect(await peakRssMib()).toBeLessThan(MAX_RSS_MIB);
    });
  },
);

/** Peak resident set size of the program (VmHWM in proc_pid_status(5)). */
async function peakRssMib(): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
