// Compares a screenshot with xwd(1), which copies the screen as is, and vncsnapshot(1), which also uses RFB and writes
// a JPEG: `node test/bench/bench-screenshot.mjs [--check] [RUNS]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { findFreePort } from './find-free-port.mjs';
import { endAll, endLater, environment, folder, has, logIn, program } from './programs.mjs';
import { startPlatform } from './start-platform.mjs';
import { countRuns, median, pairedRatio, printTable, withBudget } from './table.mjs';

/** Node and one platform request alone take 1.4 times as long as vncsnapshot. */
const MAX_RATIO = 4;
const RUNS = countRuns(15);

if (['Xvnc', 'xwd', 'xsetroot'].every((name) => has(name, '-version'))) {
  try {
    await benchScreenshot();
  } finally {
    await endAll();
  }
}

async function benchScreenshot() {
  const port = await findFreePort();
  const display = `:${await startDesktop(port)}`;
  await runMs(['xsetroot', '-display', display, '-mod', '16', '16', '-fg', 'navy', '-bg', 'ivory']);
  const platform = await startPlatform(port);
  logIn(`http://127.0.0.1:${platform.address().port}`, 'bench');

  const file = (name) => path.join(folder, name);
  const picture = file('own.png');
  const own = [process.execPath, program, 'vnc', 'screenshot', '--file', picture];
  // The only encoding of TigerVNC that vncsnapshot decodes correctly.
  const plain = ['-quiet', '-allowblank', '-encodings', 'raw'];
  const vncsnapshot = ['vncsnapshot', ...plain, `127.0.0.1:${port - 5900}`, file('jpg')];
  const cases = [
    ['xwd', ['xwd', '-root', '-silent', '-display', display, '-out', file('xwd')]],
    ...(has('vncsnapshot', '-h') ? [['vncsnapshot', vncsnapshot]] : []),
    ['vnc screenshot', own],
  ];
  const times = new Map(cases.map(([name]) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const [name, argv] of cases) times.get(name).push(await runMs(argv));
    await rm(picture);
  }
  platform.close();
  const rows = [...times].map(([name, mine]) => [
    name,
    median(mine).toFixed(0),
    pairedRatio(mine, times.get('xwd')),
    times.has('vncsnapshot')
      ? withBudget(`${name}, × vncsnapshot`, pairedRatio(mine, times.get('vncsnapshot')), {
          atMost: name === 'vnc screenshot' ? MAX_RATIO : undefined,
        })
      : '',
  ]);
  const title = `screenshot of 1920×1080, ${RUNS} runs`;
  printTable([title, 'ms', '× xwd', '× vncsnapshot'], rows);
}

/** Starts Xvnc and returns its display number. */
async function startDesktop(port) {
  const argv = [
    ...['-displayfd', '3', '-noreset', '-nolisten', 'tcp', '-localhost'],
    ...['-rfbport', String(port), '-SecurityTypes', 'None', '-geometry', '1920x1080'],
  ];
  const child = endLater(spawn('Xvnc', argv, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }));
  const [line] = await once(child.stdio[3], 'data');
  return Number(line);
}

async function runMs([name, ...argv]) {
  const startedAt = performance.now();
  const child = spawn(name, argv, { env: environment, stdio: 'ignore' });
  const [exitCode] = await once(child, 'exit');
  if (exitCode !== 0) throw new Error(`${name} ended with ${exitCode}`);
  return performance.now() - startedAt;
}
