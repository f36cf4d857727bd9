import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { eventually } from '../../helpers/eventually.js';
import { type DeskHome, openDeskHome } from '../../helpers/open-desk-home.js';
import { openTerminal } from '../../helpers/open-terminal.js';
import { describeWith } from '../../helpers/real-components.js';
import { BIN, type BinResult } from '../../helpers/run-bin.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';
import { tellCount } from '../../helpers/tell-count.js';
import { fillStore } from '../secrets/fill-store.js';
import { type Launched, launch } from './launch.js';
import { SCENES, SSH_LIMIT_S } from './scenes.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** `e2e/tunnel-life.test.ts` measures the 3 s of the promise. */
const GONE_MS = 3_000;
/** On a machine that does much else at the same time, and for an ssh that had not logged in yet. */
const PATIENCE_MS = (SSH_LIMIT_S + 5) * 1_000;

interface Blow {
  readonly title: string;
  strike(run: Launched): unknown;
  /** How the run may end: its exit code, or the signal that it died of. */
  readonly endings: readonly (number | NodeJS.Signals)[];
}

const BLOWS: readonly Blow[] = [
  { title: 'SIGINT', strike: (run) => run.kill('SIGINT'), endings: [130] },
  { title: 'SIGTERM', strike: (run) => run.kill('SIGTERM'), endings: [143] },
  { title: 'SIGHUP', strike: (run) => run.kill('SIGHUP'), endings: [129] },
  { title: 'SIGKILL', strike: (run) => run.kill('SIGKILL'), endings: ['SIGKILL'] },
  {
    title: 'the end of its stdin, which is nothing, and then SIGINT',
    strike: (run) => run.endInput().then(() => run.kill('SIGINT')),
    endings: [130],
  },
  {
    title: 'SIGINT twice',
    strike(run) {
      run.kill('SIGINT');
      run.kill('SIGINT');
    },
    // The first one may have done its work before the second came.
    endings: [130, 'SIGINT'],
  },
];

const ROWS = Object.entries(SCENES).flatMap(([scene, open]) =>
  BLOWS.map((blow) => ({ scene, open, blow, title: blow.title })),
);

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'a run that is struck', () => {
  let sshd: TestSshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(async () => {
    tellCount('signals at moments of a run', ROWS.length + PROMPT_ROWS.length);
    await sshd?.close();
  });

  test.concurrent.each(ROWS)('leaves nothing: $scene, $title', async ({ open, blow }) => {
    const [user, scene] = await Promise.all([openDeskHome(), open(sshd)]);
    try {
      fillStore(user.configFolder, 'good', scene.apiUrl);
      const environment = { ...withTemporaryFolder(user), PATH: sshd.environment.PATH };
      const run = launch(scene.words, { ...environment, ...scene.environment });
      await Promise.race([scene.reach(run), run.ended.then(failEarly)]);
      await blow.strike(run);
      const ended = await run.ended;
      expect(blow.endings).toContain(endingOf(ended));
      expect(ended.stderr).not.toMatch(/\n {4}at |unexpected/);
      await expectNothingLeft(user);
    } finally {
      await Promise.all([user.close(), scene.close()]);
    }
  });
});

const PROMPT_ROWS = [
  { key: 'C-c', endings: [130] },
  { key: 'C-d', endings: [130] },
  { signals: ['SIGINT'], endings: [130] },
  { signals: ['SIGTERM'], endings: [143] },
  { signals: ['SIGHUP'], endings: [129] },
  { signals: ['SIGKILL'], endings: [137] },
  { signals: ['SIGINT', 'SIGINT'], endings: [130] },
] as const;

describeWith('tmux', 'a question for a token that is struck', () => {
  test.concurrent.each(PROMPT_ROWS)('leaves nothing: %j', async (row) => {
    const user = await openDeskHome();
    try {
      fillStore(user.configFolder, 'good', 'http://127.0.0.1:9');
      const words = ['login', '--api-url', 'http://127.0.0.1:9'];
      const environment = withTemporaryFolder(user);
      const terminal = await openTerminal(user, words, { environment });
      await terminal.see(/Token:/);
      if ('key' in row) await terminal.press(row.key);
      else strike(pidOf(user), row.signals);
      expect(row.endings).toContain(await terminal.exitCode());
      expect(await terminal.screen()).not.toMatch(/unexpected|\bat .*:\d+/);
      expectStoreReadable(user);
      expect(readdirSync(join(user.folder, 'tmp'))).toEqual([]);
    } finally {
      await user.close();
    }
  });
});

function withTemporaryFolder(user: DeskHome) {
  const folder = join(user.folder, 'tmp');
  mkdirSync(folder);
  return { ...user.environment, TMPDIR: folder };
}

/** The first one may have done its work before the second comes. */
function strike(pid: number, [first, ...others]: readonly NodeJS.Signals[]): void {
  process.kill(pid, first);
  for (const signal of others) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

function pidOf(user: DeskHome): number {
  const found = user.processes().find(({ argv }) => argv[1] === BIN);
  if (found === undefined) throw new Error('the program does not run');
  return found.pid;
}

function endingOf({ exitCode, signal }: BinResult): number | NodeJS.Signals | null {
  return exitCode ?? signal;
}

function failEarly(result: BinResult): never {
  throw new Error(`ended too early: ${JSON.stringify(result)}`);
}

async function expectNothingLeft(user: DeskHome): Promise<void> {
  await eventually(() => user.processes().length === 0, { withinMs: GONE_MS + PATIENCE_MS });
  expect(readdirSync(join(user.folder, 'tmp'))).toEqual([]);
  expectStoreReadable(user);
}

function expectStoreReadable(user: DeskHome): void {
  expect(readdirSync(user.configFolder)).toEqual(['credentials.json']);
  const text = readFileSync(join(user.configFolder, 'credentials.json'), 'utf8');
  expect(JSON.parse(text)).toHaveProperty('profiles.default.token');
}
