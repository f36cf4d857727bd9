import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ForwardAddress, ForwardOptions } from '../../../src/transport/transport.js';
import { bundleSource } from '../../helpers/bundle-source.js';
import { describeWith, findReal } from '../../helpers/real-components.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';

/** The program runs as OWNER; to it, root (the tests) and OTHER_UID are other users. */
const OWNER = 12_345;
const OTHER_UID = 12_346;
const GREETING = 'RFB 003.008\n';
const PAGE_FOLDER = new URL('../../../dist/page/', import.meta.url);
const TCP = { kind: 'tcp', port: 0 } as const;

/**
 * Opens a forward and prints its address or the error; then runs the command on each input line and prints a reply.
 * `use N`: opens files until only N more can be opened.
 */
const PROGRAM = `
import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openForward } from './transport/forward/open-forward.js';

// Set by the build.
globalThis.HPC_DESK_PAGE_FOLDER = process.env.PAGE_FOLDER;
const [target, listen, machine] = process.argv.slice(2).map((text) => JSON.parse(text));
const route = { kind: 'direct', target };
const options = { route, listen, mayAsk: false, timeoutMs: 60_000, signal: new AbortController().signal };
const print = (answer) => console.log(JSON.stringify(answer));
try {
  const forward = await openForward(options, { environment: process.env, platform: process.platform, ...machine });
  print({ address: forward.address });
  for await (const line of createInterface(process.stdin)) {
    const [command, count] = line.split(' ');
    if (command === 'prove') await forward.prove();
    if (command === 'use') {
      const files = [];
      try { for (;;) files.push(openSync('/dev/null')); } catch {}
      const { closeSync } = await import('node:fs');
      for (const file of files.slice(0, Number(count))) closeSync(file);
    }
    print({ done: line });
  }
  await forward.close();
} catch (error) {
  print({ code: error.code, details: error.details });
}
`;

interface Answer {
  readonly address?: ForwardAddress;
  readonly code?: string;
  readonly details?: unknown;
}

describeWith(['setpriv', 'socat', 'unshare'], 'another user of this machine', () => {
  const asRoot = test.skipIf(process.geteuid?.() !== 0);
  let folder: string;
  let program: string;
  let greeter: RfbGreeter;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp('/var/tmp/other-user-');
    program = await bundleSource(PROGRAM, folder);
    await chmod(folder, 0o755);
  });

  beforeEach(async () => {
    greeter = await startRfbGreeter();
  });

  afterEach(async () => {
    child?.stdin?.end();
    if (child !== undefined && child.exitCode === null) await once(child, 'exit');
    child = undefined;
    await greeter.close();
  });

  afterAll(() => rm(folder, { recursive: true }));

  function asUser(uid: number): string[] {
    return [findReal('setpriv') ?? '', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
  }

  /** Runs the program as the owner, through the shell script `around`. */
  function start(
    listen: ForwardOptions['listen'],
    { around = 'exec "$@"', machine = {}, user = asUser(OWNER), environment = {} } = {},
  ) {
    const argv = [...user, process.execPath, program];
    const facts = [greeter.target, listen, machine].map((fact) => JSON.stringify(fact));
    child = spawn('/bin/sh', ['-c', around, 'sh', ...argv, ...facts], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: '/tmp', PAGE_FOLDER: PAGE_FOLDER.pathname, ...environment },
    });
    const lines = createInterface(child.stdout ?? process.stdin)[Symbol.asyncIterator]();
    const next = async (): Promise<Answer> => JSON.parse((await lines.next()).value ?? '{}');
    return {
      opened: next(),
      async tell(line: string) {
        child?.stdin?.write(`${line}\n`);
        await next();
      },
    };
  }

  /** What socat, as the user with that uid, receives (at most 12 bytes, until the other side closes) and its stderr. */
  async function heard(address: ForwardAddress | undefined, uid: number): Promise<string> {
    if (address === undefined) throw new Error('no address');
    const place =
      address.kind === 'socket'
        ? `UNIX-CONNECT:${address.path}`
        : `TCP:${address.host}:${address.port}`;
    const listener = ['-u', '-b12', `${place},readbytes=12`, 'STDOUT'];
    const [setpriv = '', ...argv] = [...asUser(uid), findReal('socat') ?? '', ...listener];
    const socat = spawn(setpriv, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [said, complaint] = await Promise.all([text(socat.stdout), text(socat.stderr)]);
    if (socat.exitCode === null) await once(socat, 'exit');
    return said + complaint;
  }

  /** The first data that this process, as root, receives on a port; empty when the other side closes. */
  function heardHere(address: ForwardAddress | undefined): Promise<string> {
    if (address === undefined || address.kind === 'socket') throw new Error('no port');
    return new Promise((resolve) => {
      const socket = connect(address.port, address.host);
      socket.on('error', () => {});
      socket.once('data', (bytes) => {
        resolve(String(bytes));
        socket.destroy();
      });
      socket.once('close', () => resolve(''));
    });
  }

  asRoot('receives nothing on the TCP port', async () => {
    const { address } = await start(TCP).opened;
    expect(await heard(address, OTHER_UID)).toBe('');
    expect(await heardHere(address)).toBe('');
    expect(greeter.accepted).toHaveLength(1);
    expect(await heard(address, OWNER)).toBe(GREETING);
  });

  asRoot('cannot connect to the Unix socket', async () => {
    const { address } = await start({ kind: 'socket' }).opened;
    expect(await heard(address, OTHER_UID)).toMatch(/Permission denied/);
    expect(await heard(address, OWNER)).toBe(GREETING);
  });

  asRoot.each([0, 1, 2, 3])('receives nothing with %i free file descriptors', async (count) => {
    const { opened, tell } = start(TCP, { around: 'ulimit -n 64; exec "$@"' });
    const { address } = await opened;
    await tell(`use ${count}`);
    for (let turn = 0; turn < 10; turn += 1) expect(await heardHere(address)).toBe('');
    if (count > 0) expect(await heard(address, OWNER)).toBe(GREETING);
  });

  asRoot('receives nothing on many connections at once; the owner is served', async () => {
    const { address } = await start(TCP, { around: 'ulimit -n 64; exec "$@"' }).opened;
    const strangers = Array.from({ length: 300 }, () => heardHere(address));
    expect(new Set(await Promise.all(strangers))).toEqual(new Set(['']));
    expect(await heard(address, OWNER)).toBe(GREETING);
  });

  const mounted = (how: string) => `exec unshare -m sh -c '${how}; exec "$@"' sh "$@"`;
  const HIDDEN = mounted('mount -t proc -o subset=pid proc /proc');
  const WITHOUT_PROC = mounted('mount -t tmpfs tmpfs /proc');

  asRoot('receives nothing when /proc is mounted with subset=pid', async () => {
    const { address } = await start(TCP, { around: HIDDEN }).opened;
    expect(await heard(address, OTHER_UID)).toBe('');
    expect(await heard(address, OWNER)).toBe(GREETING);
  });

  const everybody = asUser(OWNER).concat('unshare', '-U');
  const shared = { code: 'tunnel.peersUnknown', details: { problem: 'sharedUid' } };
  const noTable = { code: 'tunnel.peersUnknown', details: { problem: 'noTable' } };

  asRoot('gets no port without /proc unless allowed, but the socket works', async () => {
    expect(await start(TCP, { around: WITHOUT_PROC }).opened).toEqual(noTable);
    const { address } = await start({ kind: 'socket' }, { around: WITHOUT_PROC }).opened;
    expect(await heard(address, OWNER)).toBe(GREETING);
    child?.stdin?.end();
    const allowed = await start({ ...TCP, allowAnyUser: true }, { around: WITHOUT_PROC }).opened;
    expect(await heard(allowed.address, OTHER_UID)).toBe(GREETING);
  });

  asRoot('receives nothing on the port that replaces a socket that cannot be created', async () => {
    const around = mounted('mount -t tmpfs -o ro tmpfs /tmp');
    const environment = { XDG_RUNTIME_DIR: '' };
    const { address } = await start({ kind: 'socket' }, { around, environment }).opened;
    expect(address?.kind).toBe('tcp');
    expect(await heard(address, OTHER_UID)).toBe('');
    expect(await heard(address, OWNER)).toBe(GREETING);
  });

  asRoot('gets no page without /proc unless allowed', async () => {
    const names = { name: '', target: '', sweepAt: '', link: null, password: null };
    const page = { ...names, viewOnly: false, fullScreen: false };
    const web = { kind: 'web', port: 0, language: 'en', page } as const;
    expect(await start(web, { around: WITHOUT_PROC }).opened).toEqual(noTable);
    const allowed = await start({ ...web, allowAnyUser: true }, { around: WITHOUT_PROC }).opened;
    expect(allowed.address?.kind).toBe('web');
  });

  asRoot('gets no port when the kernel shows all users as one uid', async () => {
    expect(await start(TCP, { user: everybody }).opened).toEqual(shared);
    const nobody = asUser(65_534);
    expect(await start(TCP, { user: nobody }).opened).toEqual(shared);
  });

  asRoot('is served as the WSL relay (root) until the viewer has connected', async () => {
    const wsl = {
      machine: { kernelRelease: '5.15.167.4-microsoft-standard-WSL2' },
      environment: { WSL_INTEROP: '/run/WSL/1_interop' },
    };
    const { opened, tell } = start({ ...TCP, isForViewer: true }, wsl);
    const { address } = await opened;
    expect(await heard(address, OTHER_UID)).toBe('');
    expect(await heardHere(address)).toBe(GREETING);
    expect(await heardHere(address)).toBe('');
    // The viewer is restarted once a broken link is back.
    await tell('prove');
    expect(await heardHere(address)).toBe(GREETING);
    expect(await heard(address, OWNER)).toBe(GREETING);
  });

  asRoot('is not the WSL relay when only the environment indicates WSL', async () => {
    const environment = { WSL_INTEROP: '/run/WSL/1_interop', WSL_DISTRO_NAME: 'Debian' };
    const { address } = await start({ ...TCP, isForViewer: true }, { environment }).opened;
    expect(await heardHere(address)).toBe('');
  });
});
