import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IS_DEEP, sample } from '../../helpers/deep.js';
import { type DeskHome, openDeskHome } from '../../helpers/open-desk-home.js';
import { openTerminal } from '../../helpers/open-terminal.js';
import { printCount } from '../../helpers/print-count.js';
import { describeWith } from '../../helpers/real-components.js';
import { BIN, type BinResult } from '../../helpers/run-bin.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';
import { fillStore } from '../secrets/fill-store.js';
import { expectNothingLeft, withTemporaryFolder } from './expect-nothing-left.js';
import { type Launched, launch } from './launch.js';
import { SCENES } from './scenes.js';

const TURNS = Array.from({ length: IS_DEEP ? 5 : 1 }, (_, turn) => turn);
const CRASH = { NODE_OPTIONS: `--require=${join(import.meta.dirname, 'crash-on-signal.cjs')}` };

interface Interruption {
  readonly title: string;
  interrupt(run: Launched): unknown;
  /** How the run may end: its exit code, or the signal that killed it. */
  readonly endings: readonly (number | NodeJS.Signals)[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What stderr must match; by default it has no error. It never has a stack trace. */
  readonly says?: RegExp;
}

const NO_ERROR = /^(?![\s\S]*error: )/;
/** The form of every error: a message, a hint and the log file. */
const REPORTED = /^error: .*made up\n(hint: .*\n)?.*last-failed-run\.log.*\n$/m;

const INTERRUPTIONS: readonly Interruption[] = [
  { title: 'SIGINT', interrupt: (run) => run.kill('SIGINT'), endings: [130] },
  { title: 'SIGTERM', interrupt: (run) => run.kill('SIGTERM'), endings: [143] },
  { title: 'SIGHUP', interrupt: (run) => run.kill('SIGHUP'), endings: [129] },
  { title: 'SIGKILL', interrupt: (run) => run.kill('SIGKILL'), endings: ['SIGKILL'] },
  {
    title: 'the end of stdin, which has no effect, then SIGINT',
    interrupt: (run) => run.endInput().then(() => run.kill('SIGINT')),
    endings: [130],
  },
  {
    title: 'SIGINT twice',
    interrupt(run) {
      run.kill('SIGINT');
      run.kill('SIGINT');
    },
    // The first one may end the run before the second is delivered.
    endings: [130, 'SIGINT'],
  },
  {
    title: 'an uncaught exception',
    interrupt: (run) => run.kill('SIGUSR2'),
    endings: [1],
    environment: CRASH,
    says: REPORTED,
  },
  {
    title: 'an unhandled rejection',
    interrupt: (run) => run.kill('SIGALRM'),
    endings: [1],
    environment: CRASH,
    says: REPORTED,
  },
];

const ROWS = Object.entries(SCENES).flatMap(([scene, open]) =>
  INTERRUPTIONS.flatMap((interruption) =>
    TURNS.map((turn) => ({ scene, open, interruption, title: interruption.title, turn })),
  ),
);

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'an interrupted run', () => {
  let sshd: TestSshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(async () => {
    printCount('signals sent to running commands', ROWS.length + PROMPT_ROWS.length);
    await sshd?.close();
  });

  test.concurrent.each(sample(ROWS, 3))(
    'leaves nothing behind: $scene, $title',
    async ({ open, interruption }) => {
      const [user, scene] = await Promise.all([openDeskHome(), open(sshd)]);
      try {
        fillStore(user.configFolder, 'good', scene.apiUrl);
        const environment = { ...withTemporaryFolder(user), PATH: sshd.environment.PATH };
        const run = launch(scene.words, {
          ...environment,
          ...scene.environment,
          ...interruption.environment,
        });
        await Promise.race([scene.reach(run), run.ended.then(failEarly)]);
        await interruption.interrupt(run);
        const ended = await run.ended;
        expect(interruption.endings).toContain(endingOf(ended));
        expect(ended.stderr).toMatch(interruption.says ?? NO_ERROR);
        expect(ended.stderr).not.toMatch(/\n {4}at /);
        await expectNothingLeft(user);
      } finally {
        await Promise.all([user.close(), scene.close()]);
      }
    },
  );
});

const PROMPT_ROWS = [
  { title: 'Ctrl-C', key: 'C-c', endings: [130] },
  { title: 'Ctrl-D', key: 'C-d', endings: [130] },
  { title: 'SIGINT', signals: ['SIGINT'], endings: [130] },
  { title: 'SIGTERM', signals: ['SIGTERM'], endings: [143] },
  { title: 'SIGHUP', signals: ['SIGHUP'], endings: [129] },
  { title: 'SIGKILL', signals: ['SIGKILL'], endings: [137] },
  { title: 'SIGINT twice', signals: ['SIGINT', 'SIGINT'], endings: [130] },
  { title: 'an uncaught exception', signals: ['SIGUSR2'], endings: [1], crashes: true },
  { title: 'an unhandled rejection', signals: ['SIGALRM'], endings: [1], crashes: true },
] as const;

describeWith('tmux', 'an interrupted token prompt', () => {
  test.concurrent.each(PROMPT_ROWS)('leaves nothing behind: $title', async (row) => {
    const user = await openDeskHome();
    try {
      fillStore(user.configFolder, 'good', 'http://127.0.0.1:9');
      const words = ['login', '--api-url', 'http://127.0.0.1:9'];
      const environment = { ...withTemporaryFolder(user), ...('crashes' in row && CRASH) };
      const terminal = await openTerminal(user, words, { environment });
      await terminal.see(/Token:/);
      if ('key' in row) await terminal.press(row.key);
      else interrupt(pidOf(user), row.signals);
      expect(row.endings).toContain(await terminal.exitCode());
      if ('crashes' in row) await terminal.see(/^error: .*made up$/m);
      expect(await terminal.screen()).not.toMatch(/\bat .*:\d+/);
      expect(await terminal.hasCursor()).toBe(row.title !== 'SIGKILL');
      await terminal.close();
      await expectNothingLeft(user);
    } finally {
      await user.close();
    }
  });
});

/** The first signal may end the process before the second is sent. */
function interrupt(pid: number, [first, ...others]: readonly NodeJS.Signals[]): void {
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
