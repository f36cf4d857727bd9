// Compares a forwarded desktop with socat and `ssh -L`: `node test/bench/bench-forward.mjs [--check] [RUNS]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
import { countRuns, median, pairedRatio, printTable, withBudget } from './table.mjs';

const RUNS = countRuns(15);
const MIB = 1024 * 1024;
const FLOOD_BYTES = 256 * MIB;
const OWN = 'vnc connect --viewer none';
const FLOOD_RUNS = Math.min(RUNS, 5);

try {
  await benchForward();
  if (has('ssh', '-V') && has('sshd', '-?') && has('ssh-keygen', '-?')) await benchSsh();
} finally {
  await endAll();
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
    [OWN, JSON.parse(forward.line).port],
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
    socat === undefined || own === plain
      ? ''
      : withBudget(`${name}, × socat`, pairedRatio(own, socat), {
          atLeast: name === OWN ? 0.75 : undefined,
        }),
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
      [
        'vnc connect --via',
        median(ours).toFixed(0),
        withBudget('vnc connect --via, × ssh -L', pairedRatio(ours, theirs), { atLeast: 0.85 }),
      ],
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
      [
        'vnc connect --via, ready',
        median(ready).toFixed(0),
        withBudget('vnc connect --via, ready', pairedRatio(ready, both), { atMost: 1.3 }),
      ],
    ],
  );
}

/** Time until the first line of a command, which is then terminated. */
async function firstLineMs(file, argv) {
  const startedAt = performance.now();
  const child = spawn(file, argv, { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  await once(createInterface(child.stdout), 'line');
  const elapsed = performance.now() - startedAt;
  await end(child);
  return elapsed;
}
