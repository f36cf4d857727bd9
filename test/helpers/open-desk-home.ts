import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxDescription } from '../../src/sandbox/start-sandbox.js';
import { eventually } from './eventually.js';
import { type FoundProcess, killIfAlive, processesOf } from './processes-of.js';
import {
  type BinOptions,
  type BinResult,
  launchBin,
  type RunningBin,
  runBin,
  startBin,
} from './run-bin.js';

type ExtraOptions = Omit<BinOptions, 'environment'> & {
  /** Added to the home's own; undefined takes a variable away. */
  readonly environment?: BinOptions['environment'];
};

/** A person with a home folder and a configuration of their own, and nothing of the one who runs the tests. */
export interface DeskHome {
  readonly folder: string;
  readonly configFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  run(words: readonly string[], options?: ExtraOptions): Promise<BinResult>;
  /** Runs a command with `--json`, which must succeed, and reads its result. */
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of it.
  json(words: readonly string[], options?: ExtraOptions): Promise<any>;
  start(words: readonly string[], options?: ExtraOptions): Promise<RunningBin>;
  launch(words: readonly string[], options?: ExtraOptions): Pick<RunningBin, 'kill' | 'ended'>;
  /** What runs on behalf of this home: the program, its children and theirs. */
  processes(): readonly FoundProcess[];
  /** Kills what still runs and removes the folder. */
  close(): Promise<void>;
}

export async function openDeskHome(): Promise<DeskHome> {
  const folder = await mkdtemp(join(tmpdir(), 'hpc-desk-home-'));
  const configFolder = join(folder, 'config');
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    LANG: 'C.UTF-8',
    HPC_DESK_CONFIG_DIR: configFolder,
    HPC_DESK_LANG: 'en',
  };
  const withEnvironment = (options: ExtraOptions = {}) => ({
    ...options,
    environment: { ...environment, ...options.environment },
  });
  const run = (words: readonly string[], options?: ExtraOptions) =>
    runBin(words, withEnvironment(options));
  return {
    folder,
    configFolder,
    environment,
    run,
    async json(words, options) {
      const result = await run([...words, '--json'], options);
      if (result.exitCode !== 0) throw new Error(`${words.join(' ')}: ${JSON.stringify(result)}`);
      return JSON.parse(result.stdout);
    },
    start: (words, options) => startBin(words, withEnvironment(options)),
    launch: (words, options) => launchBin(words, withEnvironment(options)),
    processes: () => processesOf(folder),
    async close() {
      await eventually(() => killAll(folder));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface RunningSandbox {
  readonly description: SandboxDescription;
  readonly bin: RunningBin;
}

/** Starts `hpc-desk sandbox`; it ends with the home. */
export async function startSandboxIn(
  home: DeskHome,
  desktop: 'xvnc' | 'builtin',
): Promise<RunningSandbox> {
  const bin = await home.start(['sandbox', '--desktop', desktop, '--json']);
  return { description: JSON.parse(bin.firstLine), bin };
}

export async function logIn(
  home: DeskHome,
  { apiUrl, token }: Pick<SandboxDescription, 'apiUrl' | 'token'>,
): Promise<void> {
  await home.json(['login', '--api-url', apiUrl, '--token-stdin'], { stdin: `${token}\n` });
}

/** Whether nothing was left to kill. */
function killAll(folder: string): boolean {
  const left = processesOf(folder);
  for (const { pid } of left) killIfAlive(pid);
  return left.length === 0;
}
