import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundleSource } from '../../helpers/bundle-source.js';

const SESSIONS = 5000;

let folder: string;
let program: string;
let server: Server;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-process-'));
  const source = `
    import { main } from './main.js';
    Object.assign(globalThis, { HPC_DESK_VERSION: '0.0.0-test' });
    void main(process);`;
  program = await bundleSource(source, folder);
  const data = Array.from({ length: SESSIONS }, (_, index) => ({
    id: String(index),
    createDate: '2023-02-02 11:59:45',
    hostname: 'gv101',
    ip: '127.0.0.1',
    name: `gv101:${index + 1}`,
    sid: String(index + 1),
    user: 'test_1215',
    jobs: 'SIG',
    width: '1920',
    length: '1080',
    sessionId: `gv101--test_1215--SIG--${index + 1}`,
  }));
  server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ code: '0', msg: 'success', data }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(words: readonly string[], stdout: 'pipe' | number = 'pipe') {
  const { port } = server.address() as AddressInfo;
  const env = {
    HPC_DESK_CONFIG_DIR: join(folder, 'config'),
    HPC_DESK_API_URL: `http://127.0.0.1:${port}`,
    HPC_DESK_TOKEN: 'token',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    LANG: 'C',
  };
  const child = spawn(process.execPath, [program, ...words], {
    env,
    stdio: ['ignore', stdout, 'pipe'],
  });
  children.push(child);
  const stderr = text(child.stderr as NodeJS.ReadableStream);
  return { child, stderr, ended: once(child, 'close') };
}

describe('a real process', () => {
  it('writes a result larger than the pipe buffer completely', async () => {
    const { child, ended } = start(['vnc', 'list', '--json']);
    const sessions = JSON.parse(await text(child.stdout as NodeJS.ReadableStream));
    expect(sessions).toHaveLength(SESSIONS);
    expect(await ended).toEqual([0, null]);
  });

  it('exits with 0 and no message when the reader closes the pipe', async () => {
    const { child, ended, stderr } = start(['vnc', 'list', '--json']);
    const stdout = child.stdout as NodeJS.ReadableStream & { destroy(): void };
    await once(stdout, 'data');
    stdout.destroy();
    expect(await ended).toEqual([0, null]);
    expect(await stderr).toBe('');
  });

  it.skipIf(!existsSync('/dev/full'))(
    'reports ENOSPC as an error message when its result cannot be written',
    async () => {
      const full = openSync('/dev/full', 'w');
      const { ended, stderr } = start(['vnc', 'list', '--json'], full);
      expect(await ended).toEqual([9, null]);
      closeSync(full);
      const { error } = JSON.parse(await stderr);
      expect(error.message).toContain('ENOSPC');
    },
  );

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('that keeps running exits on %s with %i', async (signal, exitCode) => {
    const { child, ended, stderr } = start(['sandbox', '--desktop', 'builtin', '-q']);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.kill(signal);
    expect(await ended).toEqual([exitCode, null]);
    expect(await stderr).toBe('');
  });
});
