import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../helpers/eventually.js';
import { type DeskHome, openDeskHome } from '../../helpers/open-desk-home.js';
import { printCount } from '../../helpers/print-count.js';
import type { BinResult } from '../../helpers/run-bin.js';
import { CELLS, type Row } from './children-rows.js';
import { type EchoPlatform, startEchoPlatform } from './echo-platform.js';
import { fillStore } from './fill-store.js';
import {
  BROWSER,
  CARRYING_SSH,
  createRecorder,
  type Recorder,
  STAYING_VIEWER,
} from './recorder.js';
import { findLeaks, type Leak, PLANTED, plantedSecrets, type Secret } from './sentinels.js';

let platform: EchoPlatform;
let user: DeskHome;
let recorder: Recorder;

beforeAll(async () => {
  platform = await startEchoPlatform();
});
afterAll(async () => {
  printCount('runs whose child processes were searched for secrets', CELLS.length);
  await platform?.close();
});

beforeEach(async () => {
  user = await openDeskHome();
  recorder = createRecorder(user.folder);
  fillStore(user.configFolder, 'good', platform.url);
  mkdirSync(join(user.folder, 'tmp'));
});
afterEach(() => user?.close());

test.each(CELLS)('no child receives or prints a secret: $title $flags', async (row) => {
  const result = await runRow(row);
  expect(result).toMatchObject({ exitCode: row.exitCode });
  await eventually(() => user.processes().length === 0);
  const started = new Set(recorder.notes().map(({ program }) => program));
  expect([...started]).toEqual(expect.arrayContaining([...row.starts]));
  expect(leaksOf(row, result)).toEqual([]);
  expect(strangeFiles()).toEqual([]);
  await eventually(isTidy);
});

function isTidy(): boolean {
  return readdirSync(join(user.folder, 'tmp')).length === 0;
}

async function runRow(row: Row & { readonly flags: string }): Promise<BinResult> {
  const programs = { ssh: CARRYING_SSH, xtigervncviewer: STAYING_VIEWER, browser: BROWSER };
  const helpers = { 'ssh-add': 'exit 1', 'ssh-keygen': 'exit 1' };
  for (const [name, lines] of Object.entries({ ...programs, ...helpers, ...row.programs })) {
    recorder.place(name, lines);
  }
  writeFileSync(join(recorder.folder, 'key'), '', { mode: 0o600 });
  const words = `${row.line.replaceAll('{folder}', recorder.folder)} ${row.flags}`
    .trim()
    .split(' ');
  const options = {
    environment: {
      PATH: `${recorder.folder}:/usr/bin:/bin`,
      TMPDIR: join(user.folder, 'tmp'),
      DISPLAY: 'elsewhere.invalid:0',
      HPC_DESK_BROWSER: join(recorder.folder, 'browser'),
      HPC_DESK_VNC_PASSWORD: PLANTED.vncPassword,
      HPC_DESK_TOKEN: PLANTED.token,
      HPC_DESK_API_URL: platform.url,
      HTTPS_PROXY: `http://me:${PLANTED.proxyPassword}@127.0.0.1:9`,
    },
  };
  if (row.signal === undefined) return user.run(words, options);
  const running = await user.start(words, options);
  const hasStarted = (name: string) => recorder.notes().some(({ program }) => program === name);
  await eventually(() => row.starts.every(hasStarted));
  // The page file is removed once the browser has loaded it; a SIGKILL before that would leave it behind.
  if (row.starts.includes('browser')) await eventually(isTidy);
  running.kill(row.signal);
  return running.ended;
}

function leaksOf(row: Row, { stdout, stderr }: BinResult): Leak[] {
  const link = /\/#([\w-]{43})/.exec(stdout)?.[1];
  const secrets = [
    ...plantedSecrets(),
    ...(link === undefined ? [] : [{ name: 'link', value: link }]),
  ];
  const without = (...names: readonly string[]): Secret[] =>
    secrets.filter(({ name }) => !names.includes(name));
  const own = (program: string, kind: string) =>
    program === row.hasPassword && kind === 'env' ? ['vncPassword'] : [];
  return [
    ...findLeaks(without(...(row.prints ?? [])), 'stdout', stdout),
    ...findLeaks(secrets, 'stderr', stderr),
    ...recorder
      .notes()
      .flatMap(({ program, kind, text }) =>
        findLeaks(without(...own(program, kind)), `${kind} of ${program}`, text),
      ),
    ...filesLeft().flatMap((path) =>
      findLeaks(secrets, path, `${path}\n${readFileSync(path, 'latin1')}`),
    ),
  ];
}

/** Unexpected files that a child found open; its own program is expected. */
function strangeFiles(): string[] {
  return recorder
    .notes()
    .filter(({ kind }) => kind === 'fds')
    .flatMap(({ text }) => text.split('\n'))
    .filter((target) => target.startsWith('/') && !/^\/(dev|proc)\//.test(target))
    .filter((target) => !target.startsWith(recorder.folder));
}

function filesLeft(): string[] {
  return readdirSync(user.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'credentials.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/notes/'));
}
