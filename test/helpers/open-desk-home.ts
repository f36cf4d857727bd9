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
  /** Added to the environment of the home; undefined removes a variable. */
  readonly environment?: BinOptions['environment'];
};

/** A user with a separate home folder and configuration, isolated from the user who runs the tests. */
export interface DeskHome {
  readonly folder: string;
  readonly configFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  run(words: readonly string[], options?: ExtraOptions): Promise<BinResult>;
  /** Runs a command with `--json`, which must succeed, and returns its parsed result. */
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of it.
  json(words: readonly string[], options?: ExtraOptions): Promise<any>;
  start(words: readonly string[], options?: ExtraOptions): Promise<RunningBin>;
  launch(words: readonly string[], options?: ExtraOptions): Pick<RunningBin, 'kill' | 'ended'>;
  /** Processes started with this home: the program and its descendants. */
  processes(): readonly FoundProcess[];
  /** Kills remaining processes and removes the folder. */
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

/** Starts `hpc-desk sandbox`; closing the home kills it. */
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

/** Kills all processes of a home; returns whether there were none. */
function killAll(folder: string): boolean {
  const left = processesOf(folder);
  for (const { pid } of left) killIfAlive(pid);
  return left.length === 0;
}
