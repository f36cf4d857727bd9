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

describe('what tells machines apart', () => {
  it('is the name of the machine where there is no /proc, cut to a length for file names', () => {
    expect(hostOf({ platform: 'darwin' }).machine).toBe('6e6f646531');
    expect(hostOf({ platform: 'win32', hostname: 'a'.repeat(40) }).machine).toBe('61'.repeat(16));
  });

  it('is something also where there is nothing', () => {
    expect(hostOf({ platform: 'darwin', hostname: '' }).machine).toBe('0');
  });

  it.skipIf(!IS_LINUX)('is also the boot of the kernel and its namespace of pids', () => {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const [namespace] = /\d+/.exec(readlinkSync('/proc/self/ns/pid')) ?? [];
    // "pid:[4026531836]" has a letter that is a digit too.
    expect(hostOf({ platform: 'linux' }).machine).toBe(
      `6e6f646531${boot.replaceAll('-', '')}d${namespace}`,
    );
  });

  it('is less where /proc is shut', () => {
    undo = replaceCall('readFileSync', () => () => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    });
    const undoLink = letFail('readlinkSync', ['EACCES']);
    expect(hostOf({ platform: 'linux' }).machine).toBe('6e6f646531');
    undoLink();
  });
});

describe.skipIf(!IS_LINUX)('when a process started', () => {
  it('is over for one that has ended and is not waited for', async () => {
    // The shell becomes a program that does not know the child.
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

  it('is field 22 of its stat, also of one whose name has blanks and brackets', async () => {
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

  it.skipIf(!existsSync('/bin/ps'))('is asked of ps on macOS, in seconds', () => {
    const { startOf } = hostOf({ platform: 'darwin' });
    const startedAtMs = Date.now() - process.uptime() * 1000;
    expect(Math.abs(Number(startOf(process.pid)) * 1000 - startedAtMs)).toBeLessThan(60_000);
    expect(startOf(4_194_305)).toBeUndefined();
  });

  it('cannot be known elsewhere', () => {
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

  it('has a name that is never made twice', () => {
    expect(nameOwner(host)).toMatch(/^42_7_abc_[0-9a-f-]{36}$/);
    expect(nameOwner({ ...host, startOf: () => undefined })).toMatch(/^42_0_abc_/);
    expect(nameOwner(host)).not.toBe(nameOwner(host));
  });

  it.each<[string, string, object, string]>([
    ['alive', '42_7_abc_x', {}, 'is there'],
    ['gone', '42_7_abc_x', { isAlive: () => false }, 'is not there'],
    ['gone', '42_7_abc_x', { startOf: () => '8' }, 'is a later one with its number'],
    ['alive', '42_7_abc_x', { startOf: () => undefined }, 'does not tell when it started'],
    ['alive', '42_0_abc_x', {}, 'did not tell when it started'],
    ['gone', '42_0_abc_x', { isAlive: () => false }, 'did not tell, and is not there'],
    ['alive', '4217_7_abc_x', { isAlive: (pid: number) => pid === 4217 }, 'has a long number'],
    ['alive', '42_1234_abc_x', { startOf: (pid: number) => `${pid - 42 + 1234}` }, 'is young'],
    ['unknown', '42_7_abd_x', { isAlive: () => false }, 'is on another machine'],
    ['unknown', 'x42_7_abc_x', {}, 'has a name with more before it'],
    ['unknown', '42_7_abc', {}, 'has a name without an end'],
    ['unknown', '.nfs000000012', {}, 'is a left-over of a file server'],
  ])('is %s: %s', (state, name, change, _why) => {
    expect(judgeOwner(name, { ...host, ...change })).toBe(state);
  });

  it('is this very process', () => {
    const here = createLockHost({ ...machineOf(), isAlive });
    expect(judgeOwner(nameOwner(here), here)).toBe('alive');
  });
});
