import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Endpoint, IpAddress, Port } from '../../src/model/endpoint.js';
import { freePort } from './free-port.js';
import { findReal } from './real-components.js';

const execute = promisify(execFile);

export interface TestXvnc {
  readonly pid: number;
  readonly target: Endpoint;
  /** Empty, and removed with the server. */
  readonly folder: string;
  /** Runs an X client on this display and returns its stdout. */
  runClient(program: string, ...argv: string[]): Promise<Buffer>;
  close(): Promise<void>;
}

export interface XvncOptions {
  readonly geometry: string;
  readonly depth?: number;
  /** A free one by default. */
  readonly display?: number;
  readonly options?: readonly string[];
}

/**
 * Starts a bare Xvnc, without a password unless `options` set one. Xvnc does not pick the display itself, because
 * another X server could pick the same one while a test restarts this one.
 */
export async function startXvnc({
  geometry,
  depth = 24,
  display: requested,
  options = ['-SecurityTypes', 'None'],
}: XvncOptions): Promise<TestXvnc> {
  const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-xvnc-'));
  const display = requested ?? (await freePort()) - 5900;
  const argv = [
    `:${display}`,
    ...['-displayfd', '3'],
    // Without auto-repeat, which doubles keys on a machine too busy to release them in time.
    '-r',
    ...['-localhost', '-UseIPv6=0'],
    ...['-geometry', geometry, '-depth', String(depth)],
    ...options,
  ];
  const xvnc = spawn(findReal('Xvnc') ?? '', argv, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: folder },
  });
  let log = '';
  xvnc.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  const exited = once(xvnc, 'exit').then(() => {
    throw new Error(`Xvnc did not start: ${log}`);
  });
  exited.catch(() => {});
  const ready = once(createInterface(xvnc.stdio[3] as NodeJS.ReadableStream), 'line');
  await Promise.race([ready, exited]);
  return {
    pid: xvnc.pid ?? 0,
    target: { host: '127.0.0.1' as IpAddress, port: (5900 + display) as Port },
    folder,
    async runClient(program, ...more) {
      const found = findReal(program) ?? program;
      const { stdout } = await execute(found, ['-display', `:${display}`, ...more], {
        encoding: 'buffer',
        maxBuffer: 512 * 1024 * 1024,
      });
      return stdout;
    },
    async close() {
      xvnc.kill('SIGTERM');
      await exited.catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
