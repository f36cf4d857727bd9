import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createLockHost,
  judgeOwner,
  type LockHostOptions,
  nameOwner,
} from '../../src/store/process-identity.js';
import { eventually } from '../helpers/eventually.js';
import { letFail, replaceCall } from './replace-call.js';
import { isAlive, machineOf, makeFolder } from './test-store.js';

const hostOf = (change: Partial<LockHostOptions> = {}) =>
  createLockHost({ ...machineOf(), hostname: 'node1', ...change });
const IS_LINUX = process.platform === 'linux';

let undo: (() => void) | undefined;
afterEach(() => undo?.());

describe('the machine identifier', () => {
  it('is the host name in hexadecimal without /proc, truncated for file names', () => {
    expect(hostOf({ platform: 'darwin' }).machine).toBe('6e6f646531');
    expect(hostOf({ platform: 'win32', hostname: 'a'.repeat(40) }).machine).toBe('61'.repeat(16));
  });

  it('is 0 without a host name', () => {
    expect(hostOf({ platform: 'darwin', hostname: '' }).machine).toBe('0');
  });

  it.skipIf(!IS_LINUX)('includes the boot id and the pid namespace on Linux', () => {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const [namespace] = /\d+/.exec(readlinkSync('/proc/self/ns/pid')) ?? [];
    // The "d" of "pid:[4026531836]" is a hexadecimal digit.
    expect(hostOf({ platform: 'linux' }).machine).toBe(
      `6e6f646531${boot.replaceAll('-', '')}d${namespace}`,
    );
  });

  it('is only the host name if /proc is unreadable', () => {
    undo = replaceCall('readFileSync', () => () => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    });
    const undoLink = letFail('readlinkSync', ['EACCES']);
    expect(hostOf({ platform: 'linux' }).machine).toBe('6e6f646531');
    undoLink();
  });
});

describe.skipIf(!IS_LINUX)('the start time of a process', () => {
  it('differs for a zombie, which counts as gone', async () => {
    // The shell execs a program that does not wait for the child.
    const shell = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = await once(shell.stdout, 'data');
    const pid = Number(line);
    const stat = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
    const name = nameOwner({ ...hostOf({ pid }), startOf: () => stat()[22 - 1] });
    await eventually(() => readFileSync(`/proc/${shell.pid}/comm`, 'utf8') === 'sleep\n');
    process.kill(pid, 'SIGKILL');
    await eventually(() => stat()[3 - 1] === 'Z');
    expect(isAlive(pid)).toBe(true);
    expect(judgeOwner(name, hostOf())).toBe('gone');
    shell.kill();
  });

  it('is field 22 of /proc/PID/stat, even if comm has blanks and brackets', async () => {
    const folder = makeFolder();
    const program = join(folder, 'a) 1 (b c');
    symlinkSync('/bin/sleep', program);
    const child = spawn(program, ['60'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const { pid } = child;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, fields = ''] = stat.split('(a) 1 (b c) ');
    expect(hostOf().startOf(pid as number)).toBe(fields.split(' ')[19]);
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    expect(hostOf().startOf(pid as number)).toBeUndefined();
    rmSync(folder, { recursive: true });
  });

  it.skipIf(!existsSync('/bin/ps'))('comes from ps on macOS, in seconds', () => {
    const { startOf } = hostOf({ platform: 'darwin' });
    const startedAtMs = Date.now() - process.uptime() * 1000;
    expect(Math.abs(Number(startOf(process.pid)) * 1000 - startedAtMs)).toBeLessThan(60_000);
    expect(startOf(4_194_305)).toBeUndefined();
  });

  it('is unknown on Windows', () => {
    expect(hostOf({ platform: 'win32' }).startOf(process.pid)).toBeUndefined();
    expect(hostOf({ platform: 'linux' }).startOf(process.pid)).toMatch(/^\d+$/);
  });
});

describe('the owner of a lock', () => {
  const host = {
    ...hostOf(),
    machine: 'abc',
    pid: 42,
    startOf: () => '7' as string | undefined,
    isAlive: () => true,
  };

  it('has a unique name', () => {
    expect(nameOwner(host)).toMatch(/^42_7_abc_[0-9a-f-]{36}$/);
    expect(nameOwner({ ...host, startOf: () => undefined })).toMatch(/^42_0_abc_/);
    expect(nameOwner(host)).not.toBe(nameOwner(host));
  });

  it.each<[string, string, string, object]>([
    ['alive', 'is running', '42_7_abc_x', {}],
    ['gone', 'is not running', '42_7_abc_x', { isAlive: () => false }],
    ['gone', 'is a later process with its pid', '42_7_abc_x', { startOf: () => '8' }],
    ['alive', 'has no known start time', '42_7_abc_x', { startOf: () => undefined }],
    ['alive', 'did not know its start time', '42_0_abc_x', {}],
    [
      'gone',
      'did not know its start time and is not running',
      '42_0_abc_x',
      { isAlive: () => false },
    ],
    ['alive', 'has a long pid', '4217_7_abc_x', { isAlive: (pid: number) => pid === 4217 }],
    [
      'alive',
      'started recently',
      '42_1234_abc_x',
      { startOf: (pid: number) => `${pid - 42 + 1234}` },
    ],
    ['unknown', 'is on another machine', '42_7_abd_x', { isAlive: () => false }],
    ['unknown', 'has a name with a prefix', 'x42_7_abc_x', {}],
    ['unknown', 'has a truncated name', '42_7_abc', {}],
    ['unknown', 'is a silly rename of NFS', '.nfs000000012', {}],
  ])('is %s if it %s', (state, _, name, change) => {
    expect(judgeOwner(name, { ...host, ...change })).toBe(state);
  });

  it('is alive if it is this process', () => {
    const here = createLockHost({ ...machineOf(), isAlive });
    expect(judgeOwner(nameOwner(here), here)).toBe('alive');
  });
});
