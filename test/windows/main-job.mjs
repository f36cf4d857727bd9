// The main workflow in the Windows build of Node under Wine, from login to desktop; started by .ci/windows.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import {
  drive,
  eventually,
  node,
  program,
  run,
  start,
  startWindows,
  takeFakeLines,
  windowsPath,
} from './wine.mjs';

const here = import.meta.dirname;
const folder = process.env.WINDOWS_FOLDER;
const CONFIG = 'AppData/Roaming/hpc-desk/Config';
const limit = { timeout: 60_000 };

let sandbox;
let description;

before(async () => {
  sandbox = start(['sandbox', '--desktop', 'builtin', '--json']);
  description = JSON.parse(await sandbox.firstLine());
}, limit);
after(() => sandbox?.child.kill('SIGKILL'));

async function succeed(words, options) {
  const { exitCode, stdout, stderr } = await run(words, options);
  assert.equal(exitCode, 0, stderr);
  return stdout;
}

const configFolder = () => {
  const [user] = readdirSync(path.join(drive, 'users')).filter((name) => name !== 'Public');
  return path.join(drive, 'users', user, CONFIG);
};

/** @returns its path as cmd sees it */
function writeBatch(name, ...lines) {
  const file = path.join(folder, `${name}.cmd`);
  writeFileSync(file, lines.map((line) => `@${line}\r\n`).join(''));
  return windowsPath(file);
}

test('--version prints the version', limit, async () => {
  assert.match(await succeed(['--version']), /^\d+\.\d+\.\d+\r?\n$/);
});

test('a login is stored below %APPDATA%', limit, async () => {
  const { apiUrl, token } = description;
  const urls = ['--api-url', apiUrl, '--platform-url', apiUrl];
  await succeed(['login', ...urls, '--token-stdin'], { stdin: token });
  assert.match(await succeed(['config', 'path']), /\\AppData\\Roaming\\hpc-desk\\Config\r?\n$/);
  assert.ok(existsSync(path.join(configFolder(), 'credentials.json')));
  assert.equal(JSON.parse(await succeed(['whoami', '--json'])).user, 'test');
});

test('a session is created, listed and checked', limit, async () => {
  const { sessionId } = JSON.parse(await succeed(['vnc', 'create', '--json']));
  assert.equal(await succeed(['vnc', 'list', '--field', 'sessionId']), `${sessionId}\n`);
  const report = JSON.parse(await succeed(['vnc', 'check', '--json']));
  assert.deepEqual([...new Set(report.checks.map(({ status }) => status))], ['pass']);
});

test('a screenshot is a PNG', limit, async () => {
  const file = path.join(folder, 'screenshot.png');
  await succeed(['vnc', 'screenshot', '--file', windowsPath(file)]);
  assert.equal(readFileSync(file).subarray(1, 4).toString(), 'PNG');
});

test('a viewer is found in Program Files and connects to the desktop', limit, async () => {
  const { viewers } = JSON.parse(await succeed(['viewers', '--json']));
  const places = viewers.map(({ path: place }) => place);
  assert.deepEqual(places, ['C:\\Program Files\\TigerVNC\\vncviewer.exe']);
  takeFakeLines();
  const { port } = JSON.parse(await succeed(['vnc', 'connect', '--json']));
  const [viewer, greeting] = takeFakeLines();
  assert.deepEqual([viewer[0], viewer.at(-1)], ['vncviewer.exe', `127.0.0.1::${port}`]);
  assert.deepEqual(greeting, ['greeting', 'RFB 003.008\n']);
});

test('a viewer connects to the desktop through ssh', limit, async () => {
  takeFakeLines();
  const via = ['--via', 'me@login.example:65032', '--route', 'ssh'];
  const { target } = JSON.parse(await succeed(['vnc', 'connect', '--json', ...via]));
  const lines = takeFakeLines();
  const ssh = lines.find(([name]) => name === 'ssh.exe');
  assert.deepEqual(ssh.slice(-4), ['-W', target, '--', 'login.example']);
  assert.deepEqual(lines.at(-1), ['greeting', 'RFB 003.008\n']);
});

test('a local port is forwarded to the desktop', limit, async () => {
  const running = start(['vnc', 'connect', '--viewer', 'none', '--field', 'port']);
  const socket = connect(Number(await running.firstLine()), '127.0.0.1');
  assert.equal(String(await once(socket, 'data')), 'RFB 003.008\n');
  socket.destroy();
  running.child.kill('SIGKILL');
});

test('the page is served', limit, async () => {
  const running = start(['vnc', 'connect', '--web', '--keep', '--json']);
  const { url } = JSON.parse(await running.firstLine());
  const answer = await fetch(url);
  assert.deepEqual(
    [answer.status, answer.headers.get('content-type')?.split(';')[0]],
    [200, 'text/html'],
  );
  running.child.kill('SIGKILL');
});

test('ten concurrent processes lose no changes to the settings', limit, async () => {
  const names = ['profile', 'viewer', 'timeout', 'lang', 'timeZone'];
  const values = ['work', 'none', '30s', 'en', 'UTC'];
  const twice = [...names, ...names].map((name, place) => [
    'config',
    'set',
    name,
    values[place % 5],
  ]);
  await Promise.all(twice.map((words) => succeed(words)));
  const stored = JSON.parse(readFileSync(path.join(configFolder(), 'settings.json'), 'utf8'));
  assert.deepEqual(Object.keys(stored).toSorted(), names.toSorted());
  for (const name of names) await succeed(['config', 'unset', name]);
});

test('the lock of a killed process is taken over', limit, async () => {
  const killed = start(['config', 'set', 'timeout', '20s']);
  await eventually(
    () => existsSync(path.join(configFolder(), 'lock')) || killed.child.exitCode === 0,
  );
  killed.child.kill('SIGKILL');
  await succeed(['config', 'set', 'timeout', '40s']);
  assert.equal(await succeed(['config', 'get', 'timeout']), '40s\n');
});

test('a file held open by another program is reported and left unchanged', limit, async () => {
  const file = path.join(configFolder(), 'settings.json');
  const before = readFileSync(file, 'utf8');
  const holder = startWindows(node, [
    windowsPath(path.join(here, 'hold-open.cjs')),
    windowsPath(file),
  ]);
  assert.equal(await holder.firstLine(), 'held');
  const { exitCode, stderr } = await run(['config', 'set', 'timeout', '50s']);
  holder.child.kill('SIGKILL');
  assert.equal(exitCode, 9);
  assert.match(
    stderr,
    /settings\.json cannot be used \(EBUSY\).*\n.*close the program that has it open/,
  );
  assert.equal(readFileSync(file, 'utf8'), before);
});

test('--print prints commands for PowerShell', limit, async () => {
  const via = ['--via', 'me@login.example:65032'];
  const printed = await succeed(['vnc', 'connect', '--print', ...via]);
  assert.match(printed, /^& ssh '-N' '-L' 127\.0\.0\.1:\d+:.* '--' login\.example\r?\n/);
  assert.match(printed, /\n& 'C:\\Program Files\\TigerVNC\\vncviewer\.exe' /);
});

test('cmd passes a quoted argument with special characters', limit, async () => {
  const line = `${windowsPath(node)} ${program} vnc show "a b&c^d 5%% |x"`;
  const { exitCode, stderr } = await startWindows('cmd', ['/c', writeBatch('words', line)]).ended;
  assert.equal(exitCode, 3, stderr);
  assert.match(stderr, /“a b&c\^d 5% \|x”/);
});
