// Measures the time from Enter to the pixels of the desktop in TigerVNC, by `vnc connect --via` and by hand, and the
// time to the greeting of a second client:
// `node test/bench/bench-connect.mjs [--check] [RUNS] [loopback] [slow-servers] [slow-link]`.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from './find-free-port.mjs';
import * as programs from './programs.mjs';
import { openScreen, pickDisplay } from './screen.mjs';
import { canSlowDown, openSlowLink } from './slow-link.mjs';
import { startSshd } from './start-sshd.mjs';
import {
  countRuns,
  median,
  notMeasured,
  pairedRatio,
  printTable,
  wants,
  withBudget,
} from './table.mjs';

const { endAll, endLater, endRunning, environment, folder, has, here, logIn, program } = programs;
const RUNS = countRuns(9);
const COLOUR = 0x2f6fb5;
const TOKEN = 'bench';
const LOCAL = { host: '127.0.0.1', prefix: [] };
const ON_LOOPBACK = { near: LOCAL, far: LOCAL };
/** One-way delay. */
const DELAY_MS = 50;

/** The commands to type without this program. */
const BY_HAND = `
answer=$(curl -sS $CURL -X PUT -H "token: $TOKEN" "$API/hpc/openapi/v2/desktop/vnc")
ip=$(printf %s "$answer" | sed 's/.*"ip":"\\([^"]*\\)".*/\\1/')
sid=$(printf %s "$answer" | sed 's/.*"sid":"\\([^"]*\\)".*/\\1/')
ssh -f -N -o ExitOnForwardFailure=yes -L "127.0.0.1:$PORT:$ip:$((5900 + sid))" bench
exec xtigervncviewer "127.0.0.1::$PORT"
`;

const needed = ['Xvnc', 'Xvfb', 'xsetroot', 'xtigervncviewer', 'curl', 'ssh', 'sshd', 'script'];
const missing = needed.filter((name) => !has(name, '-V'));
try {
  if (missing.length > 0) notMeasured('time to the desktop', `needs ${missing.join(', ')}`);
  else await benchAll();
} finally {
  await endAll();
}

async function benchAll() {
  if (wants('loopback')) {
    const stage = await build({ name: 'on loopback', ...ON_LOOPBACK });
    await bench(stage, 1.2);
    await benchSecondClients(stage);
  }
  if (wants('slow-servers')) {
    const name = 'creation 1.5 s, login 1 s';
    await bench(await build({ name, ...ON_LOOPBACK, createMs: 1500, logInS: 1 }), 0.8);
  }
  if (wants('slow-link')) await benchSlowLink();
}

async function benchSlowLink() {
  const name = `${2 * DELAY_MS} ms, 10 Mbit/s`;
  if (!canSlowDown()) return notMeasured(name, 'needs root, ip and socat');
  const link = await openSlowLink({ delayMs: DELAY_MS, bitsPerSecond: 10_000_000 });
  try {
    await bench(await build({ name, ...link }), 0.8);
  } finally {
    // A running process keeps its namespace alive.
    await endRunning();
    await link.close();
  }
}

async function bench(stage, atMost) {
  const { hand, own } = await compare(stage);
  const ratio = withBudget(`Enter to pixels, ${stage.name}`, pairedRatio(own.ms, hand.ms), {
    atMost,
  });
  const inMs = ({ ms }) => median(ms).toFixed(0);
  const title = `Enter to pixels, ${stage.name}, ${RUNS} runs in turn`;
  const heading = [title, 'by hand', 'vnc connect --via', '× by hand'];
  const rounds = Object.keys(hand.rounds).map((place) => [
    `round trips to the ${place}`,
    ...[hand, own].map((way) => median(way.rounds[place])),
    '',
  ]);
  printTable(heading, [['ms', inMs(hand), inMs(own), ratio], ...rounds]);
}

/** Platform, login node and desktop at the far end, a screen at the near one. */
async function build({ name, near, far, link, createMs = 0, logInS = 0 }) {
  const place = path.join(folder, name.replaceAll(/\W+/g, '-'));
  await mkdir(place);
  const desktopPort = await findFreePort();
  await startDesktop(far, desktopPort);
  const isRemote = far.host !== LOCAL.host;
  const certificate = isRemote ? makeCertificate(place, far.host) : undefined;
  const platform = await startAt(far, path.join(here, 'start-platform.mjs'), [
    String(desktopPort),
    JSON.stringify({ host: far.host, createMs, certificate }),
  ]);
  const { sshd, ssh, via } = await startSshd(place, { ...far, logInS });
  endLater(sshd);
  const screen = await openScreen(near);
  const apiUrl = `${isRemote ? 'https' : 'http'}://${far.host}:${platform}`;
  const local = {
    ...environment,
    PATH: `${path.dirname(ssh)}:${environment.PATH}`,
    DISPLAY: screen.display,
    TERM: 'xterm-256color',
    ...(certificate && { NODE_EXTRA_CA_CERTS: certificate }),
  };
  logIn(apiUrl, TOKEN);
  const ports = { platform, 'login node, desktop included': Number(via.split(':').at(-1)) };
  return {
    ...{ name, near, local, screen, via, apiUrl, certificate, link, ports },
    desktop: [far.host, desktopPort],
  };
}

async function startDesktop({ host, prefix }, port) {
  const display = pickDisplay();
  const [file, ...argv] = [
    ...prefix,
    ...[
      'Xvnc',
      display,
      '-displayfd',
      '3',
      '-noreset',
      '-nolisten',
      'tcp',
      '-SecurityTypes',
      'None',
    ],
    ...['-interface', host, '-rfbport', String(port), '-UseIPv6=0', '-geometry', '1280x720'],
  ];
  const child = endLater(spawn(file, argv, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }));
  await once(child.stdio[3], 'data');
  const colour = `#${COLOUR.toString(16)}`;
  const [xsetroot, ...rest] = [...prefix, 'xsetroot', '-display', display, '-solid', colour];
  execFileSync(xsetroot, rest);
}

async function startAt({ prefix }, ...argv) {
  const [file, ...rest] = [...prefix, process.execPath, ...argv.flat()];
  const child = endLater(
    spawn(file, rest, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  const [line] = await once(child.stdout, 'data');
  return Number(line);
}

function makeCertificate(place, host) {
  const file = path.join(place, 'platform.pem');
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=IP:${host}`];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file];
  const quiet = { stdio: 'ignore' };
  execFileSync('openssl', ['req', '-x509', ...key, ...subject, '-out', `${file}.crt`], quiet);
  execFileSync('sh', ['-c', 'cat "$0.crt" >> "$0"', file]);
  return file;
}

async function compare(stage) {
  const { link, ports } = stage;
  const places = link === undefined ? [] : Object.keys(ports);
  const ways = {
    hand: `sh -c '${BY_HAND.replaceAll("'", "'\\''")}'`,
    own: `${process.execPath} ${program} vnc connect --via ${stage.via} --viewer tigervnc`,
  };
  const times = {};
  for (const way of Object.keys(ways)) {
    times[way] = { ms: [], rounds: Object.fromEntries(places.map((place) => [place, []])) };
  }
  for (let run = 0; run < RUNS; run += 1) {
    for (const [way, command] of Object.entries(ways)) {
      link?.resetRounds();
      times[way].ms.push(
        await pixelsMs(stage, command, () => {
          for (const place of places) times[way].rounds[place].push(link.roundsTo(ports[place]));
        }),
      );
    }
  }
  return times;
}

/** Time from starting a command on a terminal until the screen shows the colour of the desktop. */
async function pixelsMs({ near, local, screen, apiUrl, certificate }, command, onPixels) {
  const port = await findFreePort();
  const typed = {
    ...{ TOKEN, API: apiUrl, PORT: String(port) },
    CURL: certificate ? `--cacert ${certificate}` : '',
  };
  const [file, ...argv] = [...near.prefix, 'script', '-qec', command, '/dev/null'];
  const startedAt = performance.now();
  const child = spawn(file, argv, {
    env: { ...local, ...typed },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const exited = once(child, 'exit');
  try {
    await Promise.race([
      screen.showing(COLOUR),
      exited.then(() => screen.showing(COLOUR, true, 0)),
    ]);
  } catch (error) {
    throw new Error(`${command.slice(0, 200)}: ${error.message}. It said: ${said}`);
  }
  const elapsedMs = performance.now() - startedAt;
  onPixels();
  while (await killAll(`PORT=${port}`)) await sleep(20);
  await exited;
  await screen.showing(COLOUR, false);
  return elapsedMs;
}

/** Kills all processes started with this variable; returns whether there were any. */
async function killAll(variable) {
  const pids = await pidsWith(variable);
  for (const pid of pids) kill(pid);
  return pids.length > 0;
}

/** Pids of all processes with this variable in their environment: `ssh -f` detaches from its parent. */
async function pidsWith(variable) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = pids.map(async (pid) => {
    const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    return text.split('\0').includes(variable) ? [Number(pid)] : [];
  });
  return (await Promise.all(found)).flat();
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already exited.
  }
}

/** Time from connecting to the greeting, after a first client has disconnected. */
async function benchSecondClients({ local, via, desktop: [host, desktopPort] }) {
  const port = await findFreePort();
  const forward = `127.0.0.1:${port}:${host}:${desktopPort}`;
  endLater(spawn('ssh', ['-N', '-L', forward, 'bench'], { env: local, stdio: 'ignore' }));
  const words = ['vnc', 'connect', '--via', via, '--viewer', 'none', '--json'];
  const stdio = ['ignore', 'pipe', 'inherit'];
  const own = endLater(spawn(process.execPath, [program, ...words], { env: local, stdio }));
  const [line] = await once(own.stdout, 'data');
  const { port: ownPort } = JSON.parse(line);
  await greetingMs(ownPort);
  while (!(await greetingMs(port).catch(() => undefined))) await sleep(50);
  const times = { ssh: [], own: [] };
  for (let run = 0; run < RUNS; run += 1) {
    times.ssh.push(await greetingMs(port));
    times.own.push(await greetingMs(ownPort));
  }
  const name = 'second client, to the greeting';
  const ratio = withBudget(name, pairedRatio(times.own, times.ssh), { atMost: 1.5 });
  const inMs = (values) => median(values).toFixed(0);
  const row = ['on loopback', inMs(times.ssh), inMs(times.own), ratio];
  printTable([name, 'ssh -L, ms', 'ours, ms', '× ssh -L'], [row]);
}

async function greetingMs(port) {
  const startedAt = performance.now();
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'data');
  const elapsedMs = performance.now() - startedAt;
  socket.destroy();
  return elapsedMs;
}
