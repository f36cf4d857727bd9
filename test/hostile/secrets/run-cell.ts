import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CliResult, startCli } from '../../helpers/run-cli.js';
import type { CommandRow } from './commands.js';
import type { EchoPlatform } from './echo-platform.js';
import type { Path } from './failures.js';
import { fillStore } from './fill-store.js';
import { findLeaks, type Leak, PLANTED, plantedSecrets } from './sentinels.js';

export interface Cell {
  readonly command: CommandRow;
  readonly path: Path;
  readonly flags: string;
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

export interface CellResult extends CliResult {
  readonly leaks: readonly Leak[];
}

/** Runs one command line in this process, and searches its output and files for secrets. */
export async function runCell(
  { command, path, flags, environment }: Cell,
  platform: EchoPlatform,
  parent: string,
): Promise<CellResult> {
  const folder = mkdtempSync(join(parent, 'cell-'));
  const config = join(folder, 'config');
  fillStore(config, path.store ?? 'good', platform.url);
  platform.play(path.failure);
  const { url } = platform;
  const urls = `--api-url ${url}`;
  const accountUrls = `--platform-url ${url} --auth-url ${url}`;
  const isByToken = command.line.includes('--token-stdin');
  const line = command.line
    .replace('{urls}', isByToken ? urls : accountUrls)
    .replace('{folder}', folder);
  const running = startCli(`${line} ${path.flags ?? ''} ${flags}`, {
    stdin: command.stdin ?? '',
    environment: {
      HPC_DESK_CONFIG_DIR: config,
      HPC_DESK_VNC_PASSWORD: PLANTED.vncPassword,
      HTTPS_PROXY: `http://me:${PLANTED.proxyPassword}@127.0.0.1:9`,
      PATH: '/nowhere',
      ...(path.store === 'none' ? { HPC_DESK_API_URL: url } : {}),
      ...path.environment,
      ...environment,
    },
    ...(path.breaksWith !== undefined && {
      sleep: () => Promise.reject(new TypeError(path.breaksWith)),
    }),
  });
  if (command.stays) void running.ready.then(() => running.send('SIGINT')).catch(() => {});
  if (path.signal !== undefined) {
    const { signal } = path;
    const heard = platform.nextRequest().then(() => running.send(signal));
    await Promise.race([heard, running.ended]);
  }
  const result = await running.ended;
  const leaks = leaksOf(result, folder, command, platform);
  rmSync(folder, { recursive: true });
  return { ...result, leaks };
}

function leaksOf(
  { stdout, stderr }: CliResult,
  folder: string,
  command: CommandRow,
  { signatures }: EchoPlatform,
): Leak[] {
  const signed = [...signatures].map((value) => ({ name: 'signature', value }));
  const secrets = [...plantedSecrets(), ...signed];
  const printed: readonly string[] = command.prints ?? [];
  const forStdout = secrets.filter(({ name }) => !printed.includes(name));
  return [
    ...findLeaks(forStdout, 'stdout', stdout),
    ...findLeaks(secrets, 'stderr', stderr),
    ...filesIn(folder).flatMap(({ name, text }) => findLeaks(secrets, name, `${name}\n${text()}`)),
  ];
}

/** All remaining files, except the one that holds secrets. */
function filesIn(folder: string) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'credentials.json')
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: path.slice(folder.length), text: () => readFileSync(path, 'latin1') };
    });
}
