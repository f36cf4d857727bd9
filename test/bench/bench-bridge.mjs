// Compares the bridge of the browser page with websockify, socat and a direct connection:
// `node test/bench/bench-bridge.mjs [--check] [RUNS]`.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { findFreePort } from './find-free-port.mjs';
import { measureDown, measureEcho, measureUp, openWay } from './page-client.mjs';
import {
  endAll,
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
import { startPlatform } from './start-platform.mjs';
import { countRuns, median, pairedRatio, printTable, withBudget } from './table.mjs';

const RUNS = countRuns(5);
const MIB = 1024 * 1024;
const FLOOD_BYTES = 512 * MIB;
const ECHOES = 2_000;
const TICKS_PER_S = 100;
const SETTLE_MS = 50;
const STALL_MS = 500;
const LOOKS = 8;
const OWN = 'vnc connect --web';

try {
  const flood = ['flood-server.mjs', String(FLOOD_BYTES)];
  const down = (way) => measureDown(way, FLOOD_BYTES);
  await compare(`desktop → browser, ${FLOOD_BYTES / MIB} MiB`, 'MiB/s', flood, down, {
    speed: { atLeast: 1.2 },
    cpu: { atMost: 0.75 },
  });
  const sink = ['listening-desktop.mjs', 'sink', String(FLOOD_BYTES)];
  const up = (way) => measureUp(way, FLOOD_BYTES);
  await compare(`browser → desktop, ${FLOOD_BYTES / MIB} MiB`, 'MiB/s', sink, up);
  const echo = ['listening-desktop.mjs', 'echo'];
  await compare(`echo of 1 byte, p50 of ${ECHOES}`, 'ms', echo, (way) => measureEcho(way, ECHOES), {
    speed: { atMost: 1 },
  });
  await benchMemory();
} finally {
  await endAll();
}

/** Only our own program has a budget. */
function judge(title, name, ratio, budget = {}) {
  return name === OWN ? withBudget(title, ratio, budget) : ratio;
}

/** Measures all connections to a desktop in turn and prints paired ratios. */
async function compare(title, unit, desktop, measure, budgets = {}) {
  const target = Number((await startNode(path.join(here, desktop[0]), ...desktop.slice(1))).line);
  const platform = await startPlatform(target);
  const socat = await startSocat(target);
  const ways = [
    { name: 'plain TCP', port: target },
    socat && { name: 'socat, 256 KiB', ...socat },
    await startWebsockify(target),
    await startBridge(`http://127.0.0.1:${platform.address().port}`),
  ].filter((way) => way !== undefined);
  const results = new Map(ways.map(({ name }) => [name, { values: [], cpuS: [] }]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const way of ways) {
      const before = await cpuSeconds(way.pid);
      const result = results.get(way.name);
      result.values.push(await measure(way));
      result.cpuS.push((await settledCpuSeconds(way.pid)) - before);
    }
  }
  platform.close();
  const [plain, relay, websockify] = ['plain TCP', 'socat, 256 KiB', 'websockify'].map((name) =>
    results.get(name),
  );
  const rows = [...results].map(([name, { values, cpuS }]) => [
    name,
    median(values).toFixed(unit === 'ms' ? 3 : 0),
    pairedRatio(values, plain.values),
    relay === undefined ? '' : pairedRatio(values, relay.values),
    websockify === undefined
      ? ''
      : judge(title, name, pairedRatio(values, websockify.values), budgets.speed),
    name === 'plain TCP' || unit === 'ms'
      ? ''
      : ((median(cpuS) * 1024 * MIB) / FLOOD_BYTES).toFixed(2),
    websockify === undefined || name === 'plain TCP' || unit === 'ms'
      ? ''
      : judge(`${title}, processor time`, name, pairedRatio(cpuS, websockify.cpuS), budgets.cpu),
  ]);
  const heading = ['× plain TCP', '× socat', '× websockify', 'CPU s/GiB', 'CPU × websockify'];
  printTable([`${title}, ${RUNS} runs`, unit, ...heading], rows);
}

async function startBridge(apiUrl) {
  logIn(apiUrl, 'bench');
  const connect = ['vnc', 'connect', '--web', '--keep', '--json'];
  const { child, line } = await startNode(program, ...connect);
  const { url, port } = JSON.parse(line);
  const { host, hash } = new URL(url);
  const secret = hash.slice(1);
  const way = { name: OWN, pid: child.pid, port, host, path: '/desktop', secret };
  // The link expires after a minute; the keys obtained with it are valid as long as the program runs.
  (await openWay(way)).socket.destroy();
  return way;
}

async function startWebsockify(target) {
  if (!has('websockify', '--help')) return undefined;
  const port = await findFreePort();
  const argv = [`127.0.0.1:${port}`, `127.0.0.1:${target}`];
  const child = await startUntil('proxying from', 'websockify', argv);
  return { name: 'websockify', pid: child.pid, port, host: `127.0.0.1:${port}`, path: '/' };
}

/** Buffer memory of the program while one end does not read; the other end is a separate process. */
async function benchMemory() {
  const reporter = path.join(folder, 'report-memory.cjs');
  const report = path.join(folder, 'memory');
  await writeFile(
    reporter,
    `require('node:v8').setFlagsFromString('--expose-gc');
     const gc = require('node:vm').runInNewContext('gc');
     process.on('SIGUSR2', () => {
       gc();
       require('node:fs').writeFileSync(${JSON.stringify(report)}, String(process.memoryUsage().arrayBuffers));
     });`,
  );
  environment.NODE_OPTIONS = `--require ${reporter}`;
  const lookMib = async ({ pid }) => {
    await writeFile(report, '');
    process.kill(pid, 'SIGUSR2');
    let bytes = '';
    while (bytes === '') {
      await setTimeout(SETTLE_MS);
      bytes = await readFile(report, 'utf8');
    }
    return Number(bytes) / MIB;
  };
  // V8 frees collected buffers later; a leak shows in every sample.
  const heldMib = async (way) => {
    const looks = [];
    for (let look = 0; look < LOOKS; look += 1) looks.push(await lookMib(way));
    return Math.min(...looks);
  };
  const rows = [];
  for (const [name, desktop, stall] of [
    ['a page that stalls', ['flood-server.mjs', String(FLOOD_BYTES)], stallPage],
    ['a desktop that stalls', ['listening-desktop.mjs', 'stall'], floodDesktop],
  ]) {
    const [script, ...words] = desktop;
    const target = Number((await startNode(path.join(here, script), ...words)).line);
    const platform = await startPlatform(target);
    const way = await startBridge(`http://127.0.0.1:${platform.address().port}`);
    const client = await openWay(way);
    const before = await heldMib(way);
    await stall(client);
    const held = ((await heldMib(way)) - before).toFixed(1);
    rows.push([name, withBudget(`memory held for ${name}, MiB`, held, { atMost: 1 })]);
    client.socket.destroy();
    platform.close();
  }
  printTable(['held for', 'MiB'], rows);
}

async function stallPage({ socket, send }) {
  send(Buffer.from('RFB 003.008\n'));
  socket.pause();
  await setTimeout(STALL_MS);
}

/** Sends until no more data is accepted. */
async function floodDesktop({ socket, send }) {
  const piece = Buffer.alloc(64 * 1024);
  for (let sent = -1; sent !== socket.bytesWritten - socket.writableLength; ) {
    sent = socket.bytesWritten - socket.writableLength;
    while (socket.writableLength < MIB) send(piece);
    await setTimeout(STALL_MS);
  }
}

/** Waits until the CPU time of an exiting child has been added to its parent. */
async function settledCpuSeconds(pid) {
  let last;
  let next = await cpuSeconds(pid);
  while (next !== last) {
    last = next;
    await setTimeout(SETTLE_MS);
    next = await cpuSeconds(pid);
  }
  return next;
}

/** CPU time of a process and its children (proc_pid_stat(5)); exited children count towards their parent. */
async function cpuSeconds(pid) {
  if (pid === undefined) return 0;
  let ticks = 0;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [ownUser, ownSystem, user, system] = fields.slice(11, 15).map(Number);
    if (Number(name) === pid) ticks += ownUser + ownSystem + user + system;
    else if (Number(fields[1]) === pid) ticks += ownUser + ownSystem;
  }
  return ticks / TICKS_PER_S;
}
