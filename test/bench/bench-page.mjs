// Compares the time to the first frame and to the echo of a key with websockify and noVNC's vnc_lite.html:
// `node test/bench/bench-page.mjs [--check] [RUNS]`.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findFreePort } from './find-free-port.mjs';
import {
  end,
  endAll,
  endLater,
  environment,
  folder,
  has,
  logIn,
  program,
  startNode,
  startUntil,
} from './programs.mjs';
import { startPlatform } from './start-platform.mjs';
import { startSshd } from './start-sshd.mjs';
import { countRuns, median, notMeasured, pairedRatio, printTable, withBudget } from './table.mjs';

const RUNS = countRuns(7);
const MAX_RATIO = { paint: 0.8, echo: 1.1 };
const KEYS = 40;
const NOVNC = '/usr/share/novnc';
const VIEWPORT = { width: 1280, height: 720 };
/** Paints the watched corner of the desktop before the first key, and in another colour after each key. */
const SHELL = String.raw`printf '\e[?25l'; paint() { printf '\e[H\e[%sm          \e[0m' "$1"; }
  paint 44; while read -rsn1; do paint 41; read -rsn1; paint 42; done`;

/**
 * Runs in every page: records when the picture is first painted and when a key press has changed its corner. A frame
 * counts as painted when the next one begins.
 */
const WATCH = `(() => {
  let painted;
  let echoed;
  globalThis.firstPaintMs = new Promise((resolve) => { painted = resolve; });
  globalThis.listenForEcho = () => { globalThis.echoMs = new Promise((resolve) => { echoed = resolve; }); };
  let pressedAt;
  let before = '';
  addEventListener('keydown', ({ timeStamp }) => { pressedAt ??= timeStamp; }, { capture: true });
  const look = () => {
    const canvas = document.querySelector('#screen canvas');
    const corner = canvas?.width > 0 ? String(canvas.getContext('2d').getImageData(8, 8, 1, 1).data) : '';
    if (corner !== '' && corner !== '0,0,0,0') painted(performance.now());
    if (pressedAt !== undefined && corner !== before) {
      echoed?.(performance.now() - pressedAt);
      pressedAt = undefined;
    }
    before = corner;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

const NEEDED = ['Xvnc', 'xterm', 'websockify'];
if (!NEEDED.every((name) => has(name, '-version')) || !existsSync(NOVNC)) {
  notMeasured('the page', `needs ${NEEDED.join(', ')} and ${NOVNC}`);
} else {
  try {
    await benchPage();
  } finally {
    await endAll();
  }
}

async function benchPage() {
  const port = await findFreePort();
  await startDesktop(port);
  const platform = await startPlatform(port);
  logIn(`http://127.0.0.1:${platform.address().port}`, 'bench');
  const browser = await chromium.launch({
    executablePath: spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const { sshd, ssh, via } = await startSshd(folder);
  endLater(sshd);
  environment.PATH = `${path.dirname(ssh)}:${environment.PATH}`;
  const forwarded = await findFreePort();
  const forward = ['-N', '-L', `${forwarded}:127.0.0.1:${port}`, '-o', 'LogLevel=DEBUG1', 'bench'];
  await startUntil('Entering interactive session', ssh, forward);
  await compare(browser, 'direct', port, []);
  await compare(browser, 'through ssh', forwarded, ['--via', via]);
  await browser.close();
  platform.close();
}

/** Measures both pages in turn; the program and its link are started beforehand, like websockify. */
async function compare(browser, title, target, options) {
  const websockifyUrl = await startWebsockify(target);
  const paints = { ours: [], theirs: [] };
  const echoes = { ours: [], theirs: [] };
  for (let run = 0; run < RUNS; run += 1) {
    const own = await startNode(program, 'vnc', 'connect', '--web', '--field', 'url', ...options);
    for (const [who, url] of [
      ['ours', own.line],
      ['theirs', websockifyUrl],
    ]) {
      const { paintMs, echoMs } = await visit(browser, url);
      paints[who].push(paintMs);
      echoes[who].push(echoMs);
    }
    await end(own.child);
  }
  const rows = [
    ['link → first frame', paints, MAX_RATIO.paint],
    [`key → painted echo, p50 of ${KEYS}`, echoes, MAX_RATIO.echo],
  ].map(([name, { ours, theirs }, atMost]) => [
    name,
    ...[theirs, ours].map((values) => median(values).toFixed(0)),
    withBudget(`${name}, ${title}`, pairedRatio(ours, theirs), { atMost }),
  ]);
  printTable([`the page, ${title}, ${RUNS} runs`, 'vnc_lite.html, ms', 'ours, ms', 'ratio'], rows);
}

async function visit(browser, url) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  await page.goto(url, { waitUntil: 'commit' });
  const paintMs = await page.evaluate('globalThis.firstPaintMs');
  await page.mouse.click(640, 400);
  const echoesMs = [];
  for (let key = 0; key < KEYS; key += 1) {
    await page.evaluate('globalThis.listenForEcho()');
    await page.keyboard.press('a');
    echoesMs.push(await page.evaluate('globalThis.echoMs'));
  }
  await context.close();
  return { paintMs, echoMs: median(echoesMs) };
}

async function startDesktop(port) {
  const argv = [
    ...['-displayfd', '3', '-noreset', '-nolisten', 'tcp', '-localhost'],
    ...['-rfbport', String(port), '-SecurityTypes', 'None', '-geometry', '1280x720'],
  ];
  const child = endLater(spawn('Xvnc', argv, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }));
  const [line] = await once(child.stdio[3], 'data');
  const look = ['-geometry', '200x50+0+0', '-bw', '0', '-b', '0', '+sb'];
  const xterm = ['-display', `:${Number(line)}`, ...look, '-e', 'bash', '-c', SHELL];
  endLater(spawn('xterm', xterm, { stdio: 'ignore' }));
}

async function startWebsockify(target) {
  const port = await findFreePort();
  const argv = ['--web', NOVNC, `127.0.0.1:${port}`, `127.0.0.1:${target}`];
  await startUntil('proxying from', 'websockify', argv);
  return `http://127.0.0.1:${port}/vnc_lite.html`;
}
