import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Port } from '../../src/model/endpoint.js';
import { openForward } from '../../src/transport/forward/open-forward.js';
import type { ForwardOptions } from '../../src/transport/transport.js';
import { eventually } from '../helpers/eventually.js';
import { openDeskHome } from '../helpers/open-desk-home.js';
import { printCount } from '../helpers/print-count.js';
import { describeWith } from '../helpers/real-components.js';
import { startPlatformOf } from '../helpers/start-platform-of.js';
import { type RfbGreeter, startRfbGreeter } from '../helpers/start-rfb-greeter.js';
import { startSshd, type TestSshd } from '../helpers/start-sshd.js';
import { attach, cycle } from './client.js';
import {
  childrenOf,
  createMemoryReporter,
  growthPerHour,
  openFilesOf,
  percentile,
  settledFiles,
  settledMib,
} from './measure.js';

const CYCLES = 2_000;
const DEATHS = 500;
/** Each loss within half a minute of the previous one doubles the delay (domain/connect/tunnel-state.ts). */
const DEATHS_OF_BUILT = 3;
/** Allowed growth of memory in use after garbage collection: V8 still compiles code. */
const MAX_GROWTH_MIB = 2;
const WARM_UP = 200;
const SAMPLE_EVERY = 50;
/** The promise: a lost tunnel works again within this time. */
const RESTORED_MS = 20_000;

vi.setConfig({ testTimeout: 45 * 60_000 });

const closers: (() => unknown)[] = [];
let folder: string;
let greeter: RfbGreeter;

afterAll(() => {
  printCount('clients and forwards in soak', CYCLES * 2);
  printCount('tunnel failures in soak', DEATHS + DEATHS_OF_BUILT);
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-soak-'));
  vi.stubEnv('TMPDIR', folder);
  vi.stubEnv('XDG_RUNTIME_DIR', undefined);
  greeter = await startRfbGreeter();
  closers.push(greeter.close);
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const direct = () => ({ kind: 'direct', target: greeter.target }) as const;

function open(options: Pick<ForwardOptions, 'route' | 'listen'>, environment = process.env) {
  const { signal } = new AbortController();
  return openForward(
    { ...options, mayAsk: false, timeoutMs: 20_000, signal },
    { environment, platform: process.platform },
  );
}

async function startBuilt(words: readonly string[], environment: Record<string, string> = {}) {
  const [user, platform] = await Promise.all([openDeskHome(), startPlatformOf(greeter.target)]);
  const temporary = join(user.folder, 'tmp');
  mkdirSync(temporary);
  closers.push(platform.close, user.close);
  const running = await user.start(
    ['vnc', 'connect', '--allow-target', '--no-create', '--field', 'port', ...words],
    {
      environment: {
        HPC_DESK_API_URL: platform.apiUrl,
        HPC_DESK_TOKEN: 'any',
        TMPDIR: temporary,
        ...environment,
      },
    },
  );
  const address = {
    kind: 'tcp',
    host: '127.0.0.1',
    port: Number(running.firstLine) as Port,
  } as const;
  return { user, running, address, temporary };
}

test(`the built program serves ${CYCLES} clients without leaking files or memory`, async () => {
  const words = ['--route', 'direct', '--viewer', 'none'];
  const reporter = createMemoryReporter(folder);
  const { user, running, address, temporary } = await startBuilt(words, {
    NODE_OPTIONS: reporter.nodeOptions,
  });
  const { pid } = running;
  for (let count = 0; count < WARM_UP; count += 1) await cycle(address);
  const filesBefore = await settledFiles(pid);
  const usedBefore = await settledMib(reporter, pid);
  const samples = [await reporter.sample(pid)];
  for (let count = 1; count <= CYCLES; count += 1) {
    await cycle(address);
    if (count % SAMPLE_EVERY === 0) samples.push(await reporter.sample(pid));
  }
  await eventually(() => openFilesOf(pid) === filesBefore);
  const growthMib = (await settledMib(reporter, pid)) - usedBefore;
  const secondHalf = growthPerHour(samples.slice(Math.floor(samples.length / 2)));
  tell(
    `${CYCLES} clients of one forward: ${filesBefore} open files before and after, ` +
      `${growthMib.toFixed(2)} MiB more in use; RSS ${secondHalf.toFixed(1)} MiB/h in the second half`,
  );
  expect(growthMib).toBeLessThan(MAX_GROWTH_MIB);
  expect(childrenOf(pid)).toEqual([]);
  running.kill('SIGTERM');
  expect(await running.ended).toMatchObject({ exitCode: 143 });
  expect(user.processes()).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
});

test(`opening, using and closing ${CYCLES} forwards leaks no files`, async () => {
  const kinds = [{ kind: 'tcp', port: 0 as Port }, { kind: 'socket' }] as const;
  const life = async (turn: number) => {
    const listen = kinds[turn % kinds.length] ?? kinds[0];
    const forward = await open({ route: direct(), listen });
    await cycle(forward.address);
    await forward.close();
  };
  for (let turn = 0; turn < kinds.length * 2; turn += 1) await life(turn);
  const filesBefore = await settledFiles(process.pid);
  for (let turn = 0; turn < CYCLES; turn += 1) await life(turn);
  await eventually(() => openFilesOf(process.pid) === filesBefore);
  tell(`${CYCLES} forwards: ${filesBefore} open files before and after`);
  expect(readdirSync(folder)).toEqual([]);
});

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'a tunnel that is killed repeatedly', () => {
  let sshd: TestSshd;
  beforeEach(async () => {
    sshd = await startSshd();
    closers.push(sshd.close);
  });

  const die = () => {
    for (const pid of sshd.connections()) process.kill(pid, 'SIGKILL');
  };

  test(`is verified again ${DEATHS} times without leaking files or processes`, async () => {
    const route = { kind: 'ssh', target: greeter.target, via: sshd.via } as const;
    const listen = { kind: 'tcp', port: 0 as Port } as const;
    const forward = await open({ route, listen }, sshd.environment as NodeJS.ProcessEnv);
    closers.push(forward.close);
    const restoredMs: number[] = [];
    const deathAndBack = async () => {
      const client = await attach(forward.address);
      const closed = once(client, 'close');
      die();
      await closed;
      const startedAt = performance.now();
      await forward.prove();
      restoredMs.push(performance.now() - startedAt);
    };
    await deathAndBack();
    const filesBefore = await settledFiles(process.pid);
    for (let count = 0; count < DEATHS; count += 1) await deathAndBack();
    await eventually(() => openFilesOf(process.pid) === filesBefore);
    await eventually(() => sshClients(sshd).length === 1);
    const p99Ms = percentile(restoredMs, 0.99);
    tell(`${DEATHS} deaths of a tunnel: back within ${p99Ms.toFixed(0)} ms (p99), open files ±0`);
    expect(p99Ms).toBeLessThan(RESTORED_MS);
    await forward.close();
    expect(sshClients(sshd)).toEqual([]);
    await eventually(() => sshd.connections().length === 0);
    expect(readdirSync(folder).filter((name) => !sshd.folder.endsWith(name))).toEqual([]);
  });

  test(`is reconnected by the built program ${DEATHS_OF_BUILT} times`, async () => {
    const via = ['--via', `${sshd.user}@127.0.0.1:${sshd.port}`, '--viewer', 'none'];
    const path = { PATH: sshd.environment.PATH ?? '' };
    const { user, running, address, temporary } = await startBuilt(via, path);
    const restoredMs: number[] = [];
    const isDialled = () => sshd.connections().length === 1;
    const deathAndBack = async () => {
      await eventually(isDialled);
      const client = await attach(address);
      const closed = once(client, 'close');
      die();
      await closed;
      const startedAt = performance.now();
      await eventually(() => sshd.connections().length === 0);
      await eventually(isDialled);
      restoredMs.push(performance.now() - startedAt);
    };
    await deathAndBack();
    const filesBefore = await settledFiles(running.pid);
    for (let count = 0; count < DEATHS_OF_BUILT; count += 1) await deathAndBack();
    await eventually(() => openFilesOf(running.pid) === filesBefore);
    tell(
      `${DEATHS_OF_BUILT} deaths under the built program: back within ` +
        `${percentile(restoredMs, 0.99).toFixed(0)} ms (p99), open files ±0`,
    );
    running.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ exitCode: 143 });
    expect(user.processes()).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

/** Child processes of this process that use the configuration of this server. */
function sshClients({ configFile }: TestSshd): string[] {
  return childrenOf(process.pid).filter((line) => line.includes(configFile));
}

function tell(line: string): void {
  console.log(`soak: ${line}`);
}
