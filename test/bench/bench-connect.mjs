// Prints how long it takes from Enter to the desktop's pixels in TigerVNC, by `vnc connect --via` and by hand, and how long
// the second client waits: `node test/bench/bench-connect.mjs [RUNS]`. The slow line needs root.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from './find-free-port.mjs';
import * as programs from './programs.mjs';
import { openScreen } from './screen.mjs';
import { canSlowDown, openSlowLink } from './slow-link.mjs';
import { startSshd } from './start-sshd.mjs';
import { median, pairedRatio, printTable } from './table.mjs';

const { endAll, endLater, environment, folder, has, here, logIn, program } = programs;
const RUNS = Number(process.argv[2] ?? 9);
const COLOUR = 0x2f6fb5;
const TOKEN = 'bench';
const LOCAL = { host: '127.0.0.1', prefix: [] };

/** What somebody types who has no program for it. */
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
  if (missing.length > 0) console.log(`time to the desktop: not measured without ${missing}\n`);
  else await benchAll();
} finally {
  await endAll();
}

async function benchAll() {
  const rows = [];
  const bench = async (scene, budget) => {
    const stage = await build(scene);
    rows.push([scene.name, ...(await compare(stage)), budget]);
    console.error(rows.at(-1).join(' | '));
    return stage;
  };
  const local = { near: LOCAL, far: LOCAL };
  const stage = await bench({ name: 'on loopback', ...local }, 1.2);
  const second = await compareSecondClients(stage);
  await bench({ name: 'create 1.5 s, login 1 s', ...local, createMs: 1500, logInS: 1 }, 0.8);
  if (canSlowDown()) {
    const link = await openSlowLink({ delayMs: 50, bitsPerSecond: 10_000_000 });
    await bench({ name: '100 ms, 10 Mbit/s', ...link }, 0.8)
      .catch((error) => console.error(`100 ms, 10 Mbit/s: not measured (${error.message})`))
      .finally(link.close);
  }
  const title = `Enter to pixels, ${RUNS} runs in turn`;
  printTable([title, 'by hand, ms', 'vnc connect --via, ms', '× by hand', 'budget'], rows);
  const greeting = 'second client, to the greeting';
  printTable([greeting, 'ssh -L, ms', 'ours, ms', '× ssh -L', 'budget'], [second]);
}

/** Platform, login node and desktop at the far end, a screen at the near one. */
async function build({ name, near, far, createMs = 0, logInS = 0 }) {
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
  return { near, local, screen, via, apiUrl, certificate, desktop: [far.host, desktopPort] };
}

async function startDesktop({ host, prefix }, port) {
  const [file, ...argv] = [
    ...prefix,
    ...['Xvnc', '-displayfd', '3', '-noreset', '-nolisten', 'tcp', '-SecurityTypes', 'None'],
    ...['-interface', host, '-rfbport', String(port), '-UseIPv6=0', '-geometry', '1280x720'],
  ];
  const child = endLater(spawn(file, argv, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }));
  const [line] = await once(child.stdio[3], 'data');
  const colour = `#${COLOUR.toString(16)}`;
  execFileSync('xsetroot', ['-display', `:${Number(line)}`, '-solid', colour]);
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
  const times = { hand: [], own: [] };
  const own = `${process.execPath} ${program} vnc connect --via ${stage.via} --viewer tigervnc`;
  for (let run = 0; run < RUNS; run += 1) {
    times.hand.push(await pixelsMs(stage, `sh -c '${BY_HAND.replaceAll("'", "'\\''")}'`));
    times.own.push(await pixelsMs(stage, own));
  }
  const inMs = (values) => median(values).toFixed(0);
  return [inMs(times.hand), inMs(times.own), pairedRatio(times.own, times.hand)];
}

/** From the start of a command on a terminal to the colour of the desktop on the screen. */
async function pixelsMs({ near, local, screen, apiUrl, certificate }, command) {
  const port = await findFreePort();
  const typed = {
    ...{ TOKEN, API: apiUrl, PORT: String(port) },
    CURL: certificate ? `--cacert ${certificate}` : '',
  };
  const [file, ...argv] = [...near.prefix, 'script', '-qec', command, '/dev/null'];
  const env = { ...local, ...typed };
  const startedAt = performance.now();
  const child = spawn(file, argv, {
    env,
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const exited = once(child, 'exit');
  await screen.showing(COLOUR);
  const elapsedMs = performance.now() - startedAt;
  for (const pid of await pidsWith(`PORT=${port}`)) kill(pid);
  await exited;
  while ((await pidsWith(`PORT=${port}`)).length > 0) await sleep(20);
  await screen.showing(COLOUR, false);
  return elapsedMs;
}

/** Processes that were started with this variable, whoever started them: `ssh -f` leaves its session. */
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
    // It has ended by itself.
  }
}

/** From connecting to the greeting, where the first client has come and gone. */
async function compareSecondClients({ local, via, desktop: [host, desktopPort] }) {
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
  const inMs = (values) => median(values).toFixed(0);
  return ['on loopback', inMs(times.ssh), inMs(times.own), pairedRatio(times.own, times.ssh), 1.5];
}

async function greetingMs(port) {
  const startedAt = performance.now();
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'data');
  const elapsedMs = performance.now() - startedAt;
  socket.destroy();
  return elapsedMs;
}
