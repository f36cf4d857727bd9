// Measures the latency of an established connection while another user floods the port:
// `node test/bench/bench-strangers.mjs [--check]` (as root).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { geteuid } from 'node:process';
import { createInterface } from 'node:readline';
import { endAll, endLater, has, here, logIn, program, startNode } from './programs.mjs';
import { startPlatform } from './start-platform.mjs';
import { median, notMeasured, printTable, withBudget } from './table.mjs';

const OTHER_UID = 12_346;
const CONNECTS = 500;
const BURSTS = 10;
const MAX_ECHO_MS = 50;
const IDLE_COUNTS = [0, 5_000];

if (geteuid?.() !== 0 || !has('setpriv', '--version')) {
  notMeasured('another user floods the port', 'needs root and setpriv');
} else {
  try {
    const echo = await startNode(path.join(here, 'listening-desktop.mjs'), 'echo');
    const platform = await startPlatform(Number(echo.line));
    logIn(`http://127.0.0.1:${platform.address().port}`, 'bench');
    const forward = await startNode(program, 'vnc', 'connect', '--viewer', 'none', '--json');
    const rows = [];
    for (const idle of IDLE_COUNTS) rows.push(await measure(JSON.parse(forward.line).port, idle));
    const heading = ['idle sockets', `${CONNECTS} connects judged, ms`, 'echo p50, ms', 'max, ms'];
    printTable(heading, rows);
    platform.close();
  } finally {
    await endAll();
  }
}

async function measure(port, idle) {
  const desktop = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(desktop, 'data');
  const tell = await startStranger(port, idle);
  const echoes = [];
  const bursts = [];
  let isOver = false;
  const echoing = (async () => {
    while (!isOver) echoes.push(await elapsedMs(() => echoOnce(desktop)));
  })();
  for (let burst = 0; burst < BURSTS; burst += 1) bursts.push(await elapsedMs(tell));
  isOver = true;
  await echoing;
  desktop.destroy();
  const [p50, max] = [median(echoes), Math.max(...echoes)];
  return [
    idle,
    median(bursts).toFixed(0),
    p50.toFixed(2),
    withBudget(`longest echo while strangers connect, ${idle} idle, ms`, max.toFixed(0), {
      atMost: MAX_ECHO_MS,
    }),
  ];
}

/** Returns a function that requests a burst and resolves when it is over. */
async function startStranger(port, idle) {
  // That user may not be able to read the folder of this file.
  const source = await readFile(path.join(here, 'stranger.mjs'), 'utf8');
  const user = [`--reuid=${OTHER_UID}`, `--regid=${OTHER_UID}`, '--clear-groups'];
  const node = [process.execPath, '--input-type=module', '-e', source, '--'];
  const argv = [...user, ...node, port, idle, CONNECTS].map(String);
  const stranger = endLater(
    spawn('setpriv', argv, { cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const lines = createInterface(stranger.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return async () => {
    stranger.stdin.write('go\n');
    await lines.next();
  };
}

async function echoOnce(socket) {
  socket.write('x');
  await once(socket, 'data');
}

async function elapsedMs(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
