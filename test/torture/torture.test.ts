import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { IS_DEEP, SEED } from '../helpers/deep.js';
import { MEMORY_FOLDER } from '../helpers/memory-folder.js';
import { printCount } from '../helpers/print-count.js';
import { buildFixture, runFixture } from '../store/fixture-program.js';
import { makeFolder } from '../store/test-store.js';
import { judgeReport } from './judge-report.js';
import type { TortureJob, TortureReport } from './torture-report.js';
import { TORTURE_ROWS } from './torture-rows.js';

vi.setConfig({ testTimeout: 3_000_000 });

const EVERY_NTH = IS_DEEP ? 1 : 80;
const MIN_POINTS = IS_DEEP ? 5_000 : 50;
const PASSWORD = 'sentry7f';
/** Two halves of the rows, which run in parallel. */
const HALVES = [0, 1].map((half) => [...TORTURE_ROWS.keys()].filter((row) => row % 2 === half));

let program: Awaited<ReturnType<typeof buildFixture>>;
let folder: string;
const sandboxes: Sandbox[] = [];

beforeAll(async () => {
  program = await buildFixture('torture');
  folder = makeFolder(MEMORY_FOLDER);
});
afterAll(async () => {
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

it('every command keeps its guarantees, whichever external call fails', async () => {
  const points = (await Promise.all(HALVES.map(torture))).flat();
  printCount('injected system call failures', points.length);
  expect(
    points.filter(({ problems }) => problems.length > 0),
    `seed ${SEED}`,
  ).toEqual([]);
  expect(points.length).toBeGreaterThanOrEqual(MIN_POINTS);
});

async function torture(rows: readonly number[]) {
  const sandbox = await startSandbox({
    desktop: 'builtin',
    geometry: { widthPx: 64, heightPx: 64 },
    environment: {},
    now: () => new Date(),
    signal: new AbortController().signal,
  });
  sandboxes.push(sandbox);
  const own = join(folder, `half-${rows[0]}`);
  mkdirSync(own);
  const { cluster: _, ...values } = sandbox.description;
  const job: TortureJob = {
    rows,
    everyNth: EVERY_NTH,
    first: SEED % EVERY_NTH,
    folder: own,
    values,
    environment: placePrograms(own),
  };
  const lines = await runFixture(program.path, JSON.stringify(job));
  return lines.map((line) => {
    const report: TortureReport = JSON.parse(line);
    const row = TORTURE_ROWS[report.row];
    if (row === undefined) throw new Error(line);
    const problems = judgeReport(report, row);
    const { fault, call, failed, exitCode, stderr } = report;
    const where = `${fault.kind} ${call} ${fault.code}${fault.isLasting ? ' for good' : ''}: ${failed[0]}`;
    return { words: row.words, where, problems, exitCode, stderr };
  });
}

/** Forwards stdin and stdout like `ssh -W`, but connects directly. */
const CARRY = `while [ "$1" != -W ]; do shift; done
exec '${process.execPath}' -e '
  const [host, port] = process.argv[1].split(":");
  const socket = require("net").connect(port, host);
  process.stdin.pipe(socket).pipe(process.stdout);
  socket.on("error", () => {}).on("close", () => process.exit());
' "$2"`;
/** Loads the given page with shell builtins, because PATH has no other programs. */
const LOAD = `while read -r _; do :; done <"$1"
while read -r _; do :; done <"\${1%/*}/style.css"`;

/** A fake viewer, ssh and browser that respond at once. */
function placePrograms(parent: string): Readonly<Record<string, string>> {
  const bin = join(parent, 'bin');
  mkdirSync(bin);
  const place = (name: string, body: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  place('xtigervncviewer', `echo 'TigerVNC Viewer 64-bit v1.12.0' >&2`);
  const denied = `echo 'me@127.0.0.1: Permission denied (publickey).' >&2; exit 255`;
  place('ssh', `case "$*" in *through*) ;; *) ${denied} ;; esac\n${CARRY}`);
  place('browser', LOAD);
  const home = join(parent, 'home');
  mkdirSync(home);
  return {
    PATH: bin,
    HOME: home,
    LANG: 'C.UTF-8',
    HPC_DESK_LANG: 'en',
    DISPLAY: 'elsewhere.invalid:9',
    HPC_DESK_BROWSER: join(bin, 'browser'),
    HPC_DESK_VNC_PASSWORD: PASSWORD,
  };
}
