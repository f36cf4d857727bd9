// Prints what the program costs, as ratios of runs in turn on this machine: `npm run bench -- [RUNS]`.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from './find-free-port.mjs';
import {
  end,
  endAll,
  endLater,
  environment,
  folder,
  has,
  here,
  logIn,
  program,
  startNode,
  startSocat,
  startUntil,
} from './programs.mjs';
import { receiveFlood } from './receive-flood.mjs';
import { startPlatform } from './start-platform.mjs';
import { startSshd } from './start-sshd.mjs';
import { median, pairedRatio, printTable } from './table.mjs';

const RUNS = Number(process.argv[2] ?? 15);
const MIB = 1024 * 1024;
const LINES = [
  '--version',
  '--help',
  '__complete sessions -- vnc show',
  'completion bash',
  'whoami',
  'vnc create',
  'vnc create -o name',
  '--lang zh --help',
  '--lang zh whoami',
  '--lang zh vnc create',
];
const TERMINAL_LINES = ['whoami', 'vnc create', '--lang zh vnc create'];
/** Well-known programs that are here anyway. */
const OTHERS = ['vitest', 'knip'];
const tools = path.resolve(here, '../../node_modules/.bin');
const FLOOD_BYTES = 256 * MIB;
const FLOOD_RUNS = Math.min(RUNS, 5);

try {
  console.log(`node ${process.version}, ${RUNS} runs in turn, medians\n`);
  await benchStart();
  await benchForward();
  if (has('ssh', '-V') && has('sshd', '-?') && has('ssh-keygen', '-?')) await benchSsh();
} finally {
  await endAll();
}

async function benchStart() {
  const sandbox = await startNode(program, 'sandbox', '--desktop', 'builtin', '--json');
  const { apiUrl, token } = JSON.parse(sandbox.line);
  logIn(apiUrl, token);
  const empty = path.join(folder, 'empty.cjs');
  await writeFile(empty, '');

  const own = (line) => [process.execPath, program, ...line.split(' ')];
  const put = ['curl', '-sS', '-X', 'PUT', '-H', `token: ${token}`];
  const cases = [
    ['bare node', [process.execPath, empty]],
    ...LINES.map((line) => [line, own(line)]),
    ...(has('script', '-V') ? terminalCases(empty) : []),
    ...OTHERS.map((name) => [`${name} --version`, [path.join(tools, name), '--version']]),
    ['npm --version', ['npm', '--version']],
    ...(has('curl', '-V')
      ? [['curl, the same PUT', [...put, `${apiUrl}/hpc/openapi/v2/desktop/vnc`]]]
      : []),
  ];
  const times = new Map(cases.map(([name]) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const [name, argv] of cases) times.get(name).push(elapsedMs(argv));
  }

  const bare = times.get('bare node');
  const curl = times.get('curl, the same PUT');
  const rows = [...times].map(([name, own]) => [
    name,
    median(own).toFixed(0),
    pairedRatio(own, bare),
    curl === undefined || name !== 'vnc create' ? '' : pairedRatio(own, curl),
  ]);
  printTable(['command', 'ms', '× bare node', '× curl'], rows);

  const rssMib = async (...argv) => (await peakRssBytes(argv)) / MIB;
  printTable(
    ['peak memory', 'MiB'],
    [
      ['bare node', (await rssMib(empty)).toFixed(0)],
      ['vnc create', (await rssMib(program, 'vnc', 'create')).toFixed(0)],
    ],
  );
}

/** What somebody waits for who types it: colours, tables, and a terminal that Node asks for its size. */
function terminalCases(empty) {
  const onTerminal = (...argv) => [
    'script',
    '-qec',
    [process.execPath, ...argv].join(' '),
    '/dev/null',
  ];
  const own = TERMINAL_LINES.map((line) => [`${line}, on a terminal`, onTerminal(program, line)]);
  return [['bare node, on a terminal', onTerminal(empty)], ...own];
}

async function benchForward() {
  const flood = await startNode(path.join(here, 'flood-server.mjs'), String(FLOOD_BYTES));
  const floodPort = Number(flood.line);
  const platform = await startPlatform(floodPort);
  logIn(`http://127.0.0.1:${platform.address().port}`, 'bench');
  const forward = await startNode(program, 'vnc', 'connect', '--viewer', 'none', '--json');

  const socatWay = await startSocat(floodPort);
  const ways = [
    ['plain TCP', floodPort],
    ['vnc connect --viewer none', JSON.parse(forward.line).port],
    ...(socatWay === undefined ? [] : [['socat, 256 KiB buffers', socatWay.port]]),
  ];
  const speeds = new Map(ways.map(([name]) => [name, []]));
  for (let run = 0; run < FLOOD_RUNS; run += 1) {
    for (const [name, port] of ways) speeds.get(name).push(await receiveFlood(port, FLOOD_BYTES));
  }
  platform.close();

  const plain = speeds.get('plain TCP');
  const socat = speeds.get('socat, 256 KiB buffers');
  const rows = [...speeds].map(([name, own]) => [
    name,
    median(own).toFixed(0),
    pairedRatio(own, plain),
    socat === undefined || own === plain ? '' : pairedRatio(own, socat),
  ]);
  printTable(
    [
      `desktop → client, ${FLOOD_BYTES / MIB} MiB, ${FLOOD_RUNS} runs`,
      'MiB/s',
      '× plain TCP',
      '× socat',
    ],
    rows,
  );
}

async function benchSsh() {
  const flood = await startNode(path.join(here, 'flood-server.mjs'), String(FLOOD_BYTES));
  const target = `127.0.0.1:${flood.line}`;
  const { sshd, ssh, via } = await startSshd(folder);
  endLater(sshd);
  environment.PATH = `${path.dirname(ssh)}:${environment.PATH}`;
  const platform = await startPlatform(Number(flood.line));
  logIn(`http://127.0.0.1:${platform.address().port}`, 'bench');
  const connectArgv = [program, 'vnc', 'connect', '--viewer', 'none', '--json', '--via', via];

  const port = await findFreePort();
  const forward = ['-N', '-L', `${port}:${target}`, '-o', 'LogLevel=DEBUG1', 'bench'];
  await startUntil('Entering interactive session', ssh, forward);
  const own = await startNode(...connectArgv);
  const ours = [];
  const theirs = [];
  for (let run = 0; run < FLOOD_RUNS; run += 1) {
    ours.push(await receiveFlood(JSON.parse(own.line).port, FLOOD_BYTES));
    theirs.push(await receiveFlood(port, FLOOD_BYTES));
  }
  await end(own.child);
  printTable(
    [
      `desktop → client over ssh, ${FLOOD_BYTES / MIB} MiB, ${FLOOD_RUNS} runs`,
      'MiB/s',
      '× ssh -L',
    ],
    [
      ['ssh -L', median(theirs).toFixed(0), ''],
      ['vnc connect --via', median(ours).toFixed(0), pairedRatio(ours, theirs)],
    ],
  );

  const ready = [];
  const greeted = [];
  const called = [];
  for (let run = 0; run < RUNS; run += 1) {
    ready.push(await firstLineMs(process.execPath, connectArgv));
    greeted.push(await firstLineMs(ssh, ['-W', target, 'bench']));
    called.push(await firstLineMs(process.execPath, [program, 'vnc', 'list', '--json']));
  }
  platform.close();
  const both = greeted.map((elapsed, run) => elapsed + called[run]);
  printTable(
    ['first line over ssh', 'ms', '× both others'],
    [
      ['ssh -W, greeting', median(greeted).toFixed(0), ''],
      ['vnc list, one API call', median(called).toFixed(0), ''],
      ['vnc connect --via, ready', median(ready).toFixed(0), pairedRatio(ready, both)],
    ],
  );
}

/** How long a command takes until its first line; then it is ended. */
async function firstLineMs(file, argv) {
  const startedAt = performance.now();
  const child = spawn(file, argv, { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  await once(createInterface(child.stdout), 'line');
  const elapsed = performance.now() - startedAt;
  await end(child);
  return elapsed;
}

function elapsedMs([file, ...rest]) {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(file, rest, { env: environment });
  if (status !== 0) throw new Error(`${rest.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - startedAt;
}

async function peakRssBytes(argv) {
  const reporter = path.join(folder, 'report-rss.cjs');
  const file = path.join(folder, 'rss');
  const line = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS))`;
  await writeFile(reporter, `process.on('exit', () => ${line});`);
  elapsedMs([process.execPath, '--require', reporter, ...argv]);
  return Number(await readFile(file, 'utf8')) * 1024;
}
