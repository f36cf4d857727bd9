import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BIN } from '../helpers/run-bin.js';
import { type HttpCase, resultsOf } from './http-case.js';
import { openPeer } from './http-peer.js';
import { problemsOf } from './http-printed.js';
import { SIZE } from './http-size-cases.js';

const TIMEOUT_MS = 60_000;
const MAX_PEAK_KIB = 160 * 1024;

/** Preloaded into the program; reports its peak memory when it exits. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync, writeSync } from 'node:fs';
  const peakKib = () => {
    try {
      // What the system counts for the process (maxRSS) begins with the size of the one that started it.
      return Number(/^VmHWM:\\s*(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
    } catch {
      return process.resourceUsage().maxRSS;
    }
  };
  process.on('exit', () => writeSync(3, String(peakKib())));
`)}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'http-memory-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function runMeasured(row: HttpCase, line: string) {
  const peer = await openPeer(row);
  try {
    const child = spawn(
      process.execPath,
      ['--import', TELL_PEAK, BIN, ...line.split(' '), '--timeout', `${TIMEOUT_MS / 1_000}s`],
      {
        env: {
          HOME: folder,
          HPC_DESK_CONFIG_DIR: folder,
          HPC_DESK_LANG: 'en',
          HPC_DESK_TOKEN: 'SENTINEL.TOKEN.1',
          HPC_DESK_API_URL: peer.url,
        },
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
        // For cases that block the event loop, and so outlive every deadline.
        timeout: 90_000,
        killSignal: 'SIGKILL',
      },
    );
    const [, out, err, peak] = child.stdio;
    const read = (stream: typeof peak) => text(stream as NodeJS.ReadableStream);
    const [stdout, stderr, peakKib, [exitCode]] = await Promise.all([
      ...[out, err, peak].map(read),
      once(child, 'exit'),
    ] as [Promise<string>, Promise<string>, Promise<string>, Promise<number[]>]);
    return { exitCode: exitCode ?? -1, stdout, stderr, peakKib: Number(peakKib) };
  } finally {
    await peer.close();
  }
}

describe('the built program needs at most 160 MiB when a platform', () => {
  test.each(SIZE)('$title', async (row) => {
    const { peakKib, ...result } = await runMeasured(row, 'vnc list');
    expect(problemsOf(result, ''), result.stderr).toEqual([]);
    const [, results = []] = resultsOf(row).find(([operation]) => operation === 'list') ?? [];
    expect(results.includes('ok') ? [0, 6] : [6]).toContain(result.exitCode);
    expect(peakKib).toBeGreaterThan(0);
    expect(peakKib).toBeLessThanOrEqual(MAX_PEAK_KIB);
  });
});
