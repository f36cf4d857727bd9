// Runs the main workflow as a new user would type it, against the sandbox of this package.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const program = path.resolve(import.meta.dirname, '../../bin/hpc-desk.js');
const configFolder = await mkdtemp(path.join(tmpdir(), 'hpc-desk-demo-'));
const environment = { ...process.env, HPC_DESK_CONFIG_DIR: configFolder, HPC_DESK_LANG: 'en' };
for (const name of ['HPC_DESK_TOKEN', 'HPC_DESK_API_URL', 'HPC_DESK_PROFILE', 'HPC_DESK_VIA']) {
  delete environment[name];
}

// If the reader of stdout exits, the demo must still end all programs that it started.
process.stdout.on('error', () => {});

console.log(`Node ${process.version}`);
const running = [];
try {
  await walk();
  console.log('\nThat was the main job, end to end.');
} finally {
  for (const child of running.reverse()) await end(child);
  await rm(configFolder, { recursive: true, force: true });
}

async function walk() {
  say('hpc-desk sandbox', 'a platform with a desktop, on this machine only');
  const sandbox = await start(['sandbox', '--json']);
  console.log(`  ${sandbox.apiUrl}`);

  const login = ['login', '--api-url', sandbox.apiUrl, '--token-stdin', '-o', 'table'];
  await step(login, 'keep the token of the sandbox', sandbox.token);
  await step(['vnc', 'create', '-o', 'table'], 'the one session of this user');
  await step(['vnc', 'list', '-o', 'table'], 'all sessions');

  say('hpc-desk vnc connect --viewer none', 'a local port that leads to the desktop');
  const forward = await start(['vnc', 'connect', '--viewer', 'none', '--json']);
  console.log(`  ${forward.address}:${forward.port} → ${forward.target}`);
  const greeting = await readGreeting(forward.port);
  console.log(`  the desktop greets with “${greeting}”`);
  if (!/^RFB \d{3}\.\d{3}$/.test(greeting)) throw new Error('that is no RFB greeting');
  await end(running.pop());

  await step(['vnc', 'delete', '--yes', '-o', 'table'], 'and it is gone');
}

function say(line, why) {
  console.log(`\n$ ${line}    # ${why}`);
}

async function step(words, why, input = '') {
  say(`hpc-desk ${words.filter((word) => !['-o', 'table'].includes(word)).join(' ')}`, why);
  const child = run(words, ['pipe', 'pipe', 'inherit']);
  child.stdin.end(input);
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  console.log(output.trimEnd().replace(/^/gm, '  '));
  if (exitCode !== 0) throw new Error(`${words.join(' ')} ended with code ${exitCode}`);
}

/** Starts a long-running command and returns the JSON line that it prints when it is ready. */
async function start(words) {
  const child = run(words, ['ignore', 'pipe', 'inherit']);
  running.push(child);
  let line = '';
  for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    line += chunk;
    if (line.includes('\n')) return JSON.parse(line);
  }
  throw new Error(`${words.join(' ')} ended before it was ready`);
}

function run(words, stdio) {
  return spawn(process.execPath, [program, ...words], { env: environment, stdio });
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  const [exitCode] = await once(child, 'exit');
  if (exitCode !== 130) throw new Error(`Ctrl-C ended a command with code ${exitCode}, not 130`);
}

async function readGreeting(port) {
  const socket = connect(port, '127.0.0.1');
  const [bytes] = await once(socket, 'data');
  socket.destroy();
  return bytes.toString('latin1').trimEnd();
}
