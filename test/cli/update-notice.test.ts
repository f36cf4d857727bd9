import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mayTellOfUpdates } from '../../src/cli/may-tell-of-updates.js';
import { isNewer, isOfToday, readUpdateState } from '../../src/cli/update-state.js';
import { eventually } from '../helpers/eventually.js';
import { type CliOptions, runCli, startCli } from '../helpers/run-cli.js';
import {
  answer,
  type ScriptedServer,
  type Step,
  startScriptedServer,
} from '../helpers/scripted-server.js';

const NOW = new Date('2026-11-24T12:00:00.000Z');
const HOUR_MS = 60 * 60_000;
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS).toISOString();

let folder: string;
let stateFile: string;
let registry: ScriptedServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-update-'));
  stateFile = join(folder, 'update.json');
});

afterEach(async () => {
  await registry?.close();
  registry = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const options = (more: CliOptions = {}): CliOptions => ({
  isTerminal: true,
  now: () => NOW,
  ...more,
  environment: {
    HPC_DESK_CONFIG_DIR: folder,
    HPC_DESK_NO_UPDATE_NOTICE: '',
    npm_config_registry: registry?.origin ?? 'http://127.0.0.1:9',
    ...more.environment,
  },
});
const remember = (state: object) => write(JSON.stringify(state));
const write = (text: string, mode = 0o600) => writeFileSync(stateFile, text, { mode });
const remembered = () => readUpdateState(folder, process.geteuid?.());

describe('a version', () => {
  it.each([
    ['1.0.0', '0.9.9', true],
    ['1.0.10', '1.0.9', true],
    ['1.10.0', '1.9.9', true],
    ['1.0.0', '1.0.0', false],
    ['0.9.9', '1.0.0', false],
    ['1.0.0', '1.0.0-beta.1', true],
    ['1.0.0', '1.0.1-beta.1', false],
    ['1.0.1', '1.0.0+build', true],
    ['2.0.0-rc.1', '1.0.0', false],
    ['v2.0.0', '1.0.0', false],
    ['2.0', '1.0.0', false],
    ['2.0.0\x1b[2J', '1.0.0', false],
    ['99999999999999999999.0.0', '1.0.0', false],
    ['2.0.0', 'unknown', false],
    [undefined, '1.0.0', false],
  ])('%s is news for %s: %s', (latest, current, isNews) => {
    expect(isNewer(latest, current)).toBe(isNews);
  });
});

it.each([
  [ago(0), true],
  [ago(23.9), true],
  [ago(24), false],
  [ago(-1), false],
  ['nonsense', false],
  [undefined, false],
])('%s lies within the last 24 h: %s', (at, isRecent) => {
  expect(isOfToday(at, NOW)).toBe(isRecent);
});

describe('somebody wants to know', () => {
  const wishes = { isJson: false, isQuiet: false };
  it.each([
    ['at a terminal', {}, true],
    ['not with stdout in a pipe', { stdout: { isTerminal: false } }, false],
    ['not with stderr in a file', { stderr: { isTerminal: false } }, false],
    ['not in CI', { world: { environment: { CI: 'true' } } }, false],
    ['not with the switch', { world: { environment: { HPC_DESK_NO_UPDATE_NOTICE: '1' } } }, false],
    ['with CI=false', { world: { environment: { CI: 'false' } } }, true],
    ['not with --quiet', { wishes: { ...wishes, isQuiet: true } }, false],
    ['not with --json', { wishes: { ...wishes, isJson: true } }, false],
  ])('%s', (_, facts, isWanted) => {
    const terminal = { isTerminal: true };
    const edge = {
      world: { environment: {} },
      stdout: terminal,
      stderr: terminal,
      wishes,
      ...facts,
    };
    expect(mayTellOfUpdates(edge as unknown as Parameters<typeof mayTellOfUpdates>[0])).toBe(
      isWanted,
    );
  });
});

describe('what an earlier run found', () => {
  it('is told at the end of a command, once in 24 h', async () => {
    remember({ latest: '9.1.0', checkedAt: ago(1) });
    const first = await runCli('config list', options());
    expect(first.stderr).toContain('hpc-desk 9.1.0 is available; this is 0.0.0-test.');
    expect(first.stderr).toContain('npm install -g hpc-desk@latest');
    expect(first.stdout).not.toContain('9.1.0');
    expect(remembered()).toEqual({ latest: '9.1.0', checkedAt: ago(1), noticedAt: ago(0) });
    expect((await runCli('config list', options())).stderr).toBe('');
    const tomorrow = { now: () => new Date(NOW.getTime() + 25 * HOUR_MS) };
    expect((await runCli('config list', options(tomorrow))).stderr).toContain('9.1.0');
  });

  it('is told in Chinese', async () => {
    remember({ latest: '9.1.0', checkedAt: ago(1) });
    const { stderr } = await runCli('config list --lang zh', options());
    expect(stderr).toContain('hpc-desk 9.1.0 已发布，当前版本为 0.0.0-test。');
  });

  it.each([{ npm_command: 'exec' }, { npm_lifecycle_event: 'npx' }])(
    'names npx under npx: %j',
    async (environment) => {
      remember({ latest: '9.1.0', checkedAt: ago(1) });
      const { stderr } = await runCli('config list', options({ environment }));
      expect(stderr).toContain('npx hpc-desk@latest');
      expect(stderr).not.toContain('npm install');
    },
  );

  it.each([
    ['a pipe', 'config list', { isTerminal: ['stderr'] }],
    ['CI', 'config list', { environment: { CI: '1' } }],
    ['the switch', 'config list', { environment: { HPC_DESK_NO_UPDATE_NOTICE: '1' } }],
    ['--json', 'config list --json', {}],
    ['-q', 'config list -q', {}],
    ['help', 'help', {}],
    ['the version', '--version', {}],
    ['a failure', 'config get nosuch', {}],
  ] as const)('is not told with %s', async (_, line, more) => {
    remember({ latest: '9.1.0', checkedAt: ago(1) });
    const { stdout, stderr } = await runCli(line, options(more));
    expect(stdout + stderr).not.toContain('9.1.0');
    expect(remembered()).not.toHaveProperty('noticedAt');
  });

  it.each([
    ['no version', { checkedAt: ago(1) }],
    ['an escape', { latest: '9.1.0\x1b[2J', checkedAt: ago(1) }],
    ['a number', { latest: 9, checkedAt: ago(1) }],
    ['a list', []],
  ])('is nothing when it is %s', async (_, state) => {
    remember(state);
    expect((await runCli('config list', options())).stderr).toBe('');
  });

  it.each([
    ['broken', () => write('{ broken')],
    ['long', () => write(`${JSON.stringify({ latest: '9.1.0' })}${' '.repeat(1024 * 1024)}`)],
    ['a folder', () => mkdirSync(stateFile)],
    ['open to others', () => write('{"latest":"9.1.0"}', 0o644)],
  ])('is nothing when the file is %s', async (_, make) => {
    make();
    const { exitCode, stderr } = await runCli('config list', options());
    expect([exitCode, stderr]).toEqual([0, '']);
  });
});

/** Runs a command that stays until the state says what it should, and ends it. */
async function stayUntil(isDone: () => boolean, more?: CliOptions) {
  const running = startCli('sandbox --desktop builtin', options(more));
  try {
    await eventually(isDone, { withinMs: 20_000 });
  } finally {
    running.send('SIGINT');
  }
  return running.ended;
}

async function openRegistry(...script: Step[]) {
  registry = await startScriptedServer(script);
  return registry;
}

describe('the check', () => {
  it('asks the registry of npm for the newest version, without a secret, and keeps the answer', async () => {
    const server = await openRegistry(
      ...answer(JSON.stringify({ name: 'hpc-desk', version: '9.2.0' })),
    );
    const { stderr } = await stayUntil(() => remembered().latest !== undefined);
    expect(remembered()).toEqual({ latest: '9.2.0', checkedAt: ago(0) });
    expect(lstatSync(stateFile).mode & 0o777).toBe(0o600);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatch(/^GET \/hpc-desk\/latest HTTP/);
    expect(server.requests[0]).not.toMatch(/authorization|cookie|token/i);
    // Ctrl-C is no time for news.
    expect(stderr).not.toContain('9.2.0');
    expect((await runCli('config list', options())).stderr).toContain('9.2.0');
  });

  it('is made once in 24 h, whatever came of it', async () => {
    const server = await openRegistry(...answer('{}', { status: 404 }));
    await stayUntil(() => remembered().checkedAt !== undefined);
    await runCli('config list', options());
    expect(server.requests).toHaveLength(1);
    expect(remembered()).toEqual({ checkedAt: ago(0) });
  });

  it.each([
    ['nothing that is JSON', answer('<html>')],
    ['no version', answer('{"version":7}')],
    ['null', answer('null')],
    ['a redirect', answer('', { status: 302, headers: { location: 'http://127.0.0.1:9/' } })],
    [
      'a cut answer',
      [{ send: 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{' }, { close: 'reset' }],
    ],
  ] as const)('is silent about %s, and keeps what it knew', async (_, script) => {
    await openRegistry(...script);
    remember({ latest: '9.0.0', checkedAt: ago(30) });
    const { stderr } = await stayUntil(() => remembered().checkedAt === ago(0));
    expect(remembered()).toEqual({ latest: '9.0.0', checkedAt: ago(0) });
    expect(stderr).not.toMatch(/error|registry/);
  });

  it('is abandoned when the command ends first', async () => {
    const server = await openRegistry();
    const { exitCode } = await stayUntil(() => server.requests.length > 0);
    expect(exitCode).toBe(130);
    expect(readFileOrNothing()).toBe('');
    await eventually(() => server.openConnections() === 0, { withinMs: 10_000 });
  });

  it('is not begun by a command that ends soon', async () => {
    const server = await openRegistry(...answer('{"version":"9.2.0"}'));
    const waits: number[] = [];
    const sleep = (durationMs: number, signal?: AbortSignal) => {
      waits.push(durationMs);
      return new Promise<void>((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason)),
      );
    };
    expect((await runCli('config list', options({ sleep }))).exitCode).toBe(0);
    expect(waits).toEqual([500]);
    expect(server.connections()).toBe(0);
  });

  it('makes no folder', async () => {
    await openRegistry(...answer('{"version":"9.2.0"}'));
    const server = registry;
    rmSync(folder, { recursive: true });
    await stayUntil(() => (server?.requests.length ?? 0) > 0);
    expect(lstatSync(folder, { throwIfNoEntry: false })).toBeUndefined();
  });
});

function readFileOrNothing(): string {
  try {
    return readFileSync(stateFile, 'utf8');
  } catch {
    return '';
  }
}
