import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createLockHost } from '../../src/store/process-identity.js';
import { createTunnelRecords, type Tunnel } from '../../src/store/tunnel-records.js';
import { letFail } from './replace-call.js';
import { endedPid, machineOf } from './test-store.js';

const TUNNEL: Tunnel = {
  id: '1f2e3d4c',
  pid: process.pid,
  sessionId: 'gv101--me--SIG--4',
  mode: 'forward',
  target: '10.0.41.101:5904',
  route: 'ssh',
  via: 'me@login.example:65032',
  address: '127.0.0.1',
  port: 36241,
  url: null,
  viewer: null,
  startedAt: '2026-11-25T04:00:00.000Z',
  state: 'connected',
  failure: null,
  sweepAt: null,
};
const LOST = { code: 'tunnel.lost', details: { target: TUNNEL.target, reason: 'reset' } } as const;

const parent = mkdtempSync(join(tmpdir(), 'hpc-desk-tunnels-'));
const folder = join(parent, 'tunnels');
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open({ host = {}, now = new Date(TUNNEL.startedAt) } = {}) {
  const real = createLockHost({ ...machineOf(), now: () => now });
  return createTunnelRecords(folder, process.geteuid?.(), { ...real, ...host });
}

const fromNow = (days: number) => new Date(Date.now() + days * 24 * 3_600_000);
const later = (ms: number) => new Date(Date.parse(TUNNEL.startedAt) + ms);

describe('the record of a tunnel', () => {
  it('cannot be listed if the folder is unreadable, which is reported', () => {
    open().save(TUNNEL);
    const undo = letFail('readdirSync', ['EIO']);
    expect(() => open().list()).toThrow(
      expect.objectContaining({ code: 'store.unusable', details: { path: folder, reason: 'EIO' } }),
    );
    undo();
  });

  it('is listed while its process runs', () => {
    open().save(TUNNEL);
    expect(open({ now: later(1e9) }).list()).toEqual([TUNNEL]);
  });

  it('is a 0600 file in a 0700 folder', () => {
    open().save(TUNNEL);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, '1f2e3d4c.json')).mode & 0o777).toBe(0o600);
  });

  it('is removed when its process has ended', async () => {
    open({ host: { pid: await endedPid() } }).save(TUNNEL);
    expect(open().list()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is removed when its pid has been reused', () => {
    open({ host: { startOf: () => '1' } }).save(TUNNEL);
    expect(open().list()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of another machine or an earlier boot is not listed, and is removed only after a week', () => {
    open({ host: { machine: 'abc' } }).save(TUNNEL);
    expect(open({ now: fromNow(6) }).list()).toEqual([]);
    expect(readdirSync(folder)).toEqual(['1f2e3d4c.json']);
    expect(open({ now: fromNow(8) }).list()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is read once by watch, which then works without it', async () => {
    const pid = await endedPid();
    open().save(TUNNEL);
    const isRunning = open().watch(TUNNEL.id);
    open().remove(TUNNEL.id);
    expect(isRunning()).toBe(true);
    open({ host: { pid } }).save(TUNNEL);
    expect(open().watch(TUNNEL.id)()).toBe(false);
    expect(open().watch('5a6b7c8d')()).toBe(false);
  });

  it('has the time of the sweep until it is past', () => {
    const sweepAt = later(60_000).toISOString();
    open().save({ ...TUNNEL, sweepAt });
    expect(open({ now: later(59_999) }).list()).toMatchObject([{ sweepAt }]);
    expect(open({ now: later(60_000) }).list()).toMatchObject([{ sweepAt: null }]);
  });

  it('that failed is listed for a day, with the reason', async () => {
    const failed = { ...TUNNEL, state: 'failed', failure: LOST } as const;
    open({ host: { pid: await endedPid() } }).save(failed);
    expect(open({ now: later(23 * 3_600_000) }).list()).toEqual([failed]);
    expect(open({ now: later(24 * 3_600_000) }).list()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['damaged', '{'],
    ['incomplete', '{"id":"1f2e3d4c"}'],
    ['of another name', JSON.stringify({ ...TUNNEL, id: '5a6b7c8d', owner: '' })],
  ])('that is %s is removed', (_, content) => {
    open().save(TUNNEL);
    writeFileSync(join(folder, '1f2e3d4c.json'), content, { mode: 0o600 });
    expect(open().list()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['a link', (path: string) => symlinkSync('1f2e3d4c.json', path)],
    ['a folder', (path: string) => mkdirSync(path)],
    ['a fifo', (path: string) => execFileSync('mkfifo', [path])],
  ])('must not be %s, which is reported and kept', (_, place) => {
    open().save(TUNNEL);
    const path = join(folder, '5a6b7c8d.json');
    place(path);
    const unsafe = { code: 'store.unsafe', details: expect.objectContaining({ path }) };
    expect(() => open().list()).toThrow(expect.objectContaining(unsafe));
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it.each([
    ['a record', '1f2e3d4c.json', 0o600],
    ['the folder', '.', 0o700],
  ])('of a running tunnel is kept when others can read %s, which is repaired', (_, name, mode) => {
    open().save(TUNNEL);
    chmodSync(join(folder, name), 0o755);
    expect(open().list()).toEqual([TUNNEL]);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(mode);
  });

  it.each([
    ['EMFILE', 'system.limit'],
    ['EIO', 'store.unusable'],
  ])('of a running tunnel is kept when it cannot be read (%s)', (errno, code) => {
    open().save(TUNNEL);
    const records = open();
    const undo = letFail('readFileSync', [errno]);
    try {
      expect(() => records.list()).toThrow(expect.objectContaining({ code }));
    } finally {
      undo();
    }
    expect(open().list()).toEqual([TUNNEL]);
  });

  it('of another program version is kept while its tunnel runs', async () => {
    const path = join(folder, '1f2e3d4c.json');
    const later = { ...TUNNEL, state: 'sleeping' } as unknown as Tunnel;
    open().save(later);
    expect(open().list()).toEqual([]);
    expect(existsSync(path)).toBe(true);
    open({ host: { pid: await endedPid() } }).save(later);
    expect(open().list()).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  it.each([-1, 0, 1])('is listed with the pid of the process that wrote it (%i)', (pid) => {
    open().save({ ...TUNNEL, pid });
    expect(open().list()).toEqual([TUNNEL]);
  });
});

it('keeps a log without a record for a day and leaves other files alone', () => {
  open().save(TUNNEL);
  closeSync(open().openLog(TUNNEL.id));
  closeSync(open().openLog('5a6b7c8d'));
  for (const name of ['5a6b7c8d.json.hpc-desk', 'notes.log']) writeFileSync(join(folder, name), '');
  open({ now: fromNow(0.9) }).list();
  expect(readdirSync(folder)).toHaveLength(5);
  // mtime has fractions of a millisecond and Date has none, so exactly one day may be too short.
  open({ now: fromNow(1.1) }).list();
  expect(readdirSync(folder).toSorted()).toEqual(['1f2e3d4c.json', '1f2e3d4c.log', 'notes.log']);
});

it('lists nothing and creates nothing when there has been no tunnel', () => {
  expect(open().list()).toEqual([]);
  expect(readdirSync(parent)).toEqual([]);
});
