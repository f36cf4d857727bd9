// Draws terminal pictures for the READMEs, from real runs against the sandbox:
// `npm run build && node test/demo/terminal-pictures.mjs`.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import xterm from '@xterm/headless';
import { drawTerminal } from './draw-terminal.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'bin/hpc-desk.js');
const PICTURES = [
  { name: 'create', words: ['vnc', 'create'], columns: 80 },
  { name: 'list', words: ['vnc', 'list'], columns: 80 },
];
const ROWS = 80;
const folder = await mkdtemp(path.join(tmpdir(), 'hpc-desk-pictures-'));
const env = {
  PATH: process.env.PATH,
  HOME: folder,
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
  HPC_DESK_CONFIG_DIR: path.join(folder, 'config'),
};

const sandbox = spawn(process.execPath, [program, 'sandbox', '--desktop', 'builtin', '--json'], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [line] = await once(createInterface(sandbox.stdout), 'line');
  const { apiUrl, token } = JSON.parse(line);
  const login = ['login', '--quiet', '--api-url', apiUrl, '--token-stdin'];
  spawnSync(process.execPath, [program, ...login], { env, input: token });
  for (const language of ['en', 'zh']) {
    spawnSync(process.execPath, [program, 'vnc', 'delete', '--yes'], { env });
    for (const picture of PICTURES) await take(picture, language);
  }
} finally {
  sandbox.kill('SIGTERM');
  await once(sandbox, 'exit');
  await rm(folder, { recursive: true, force: true });
}

async function take({ name, words, columns }, language) {
  const title = `hpc-desk ${words.join(' ')}`;
  const terminal = new xterm.Terminal({ cols: columns, rows: ROWS, allowProposedApi: true });
  const output = await runOnTerminal(words, columns, language);
  await new Promise((done) => terminal.write(`\x1b[90m$\x1b[0m ${title}\r\n${output}`, done));
  const svg = drawTerminal(terminal.buffer.active, { columns, title });
  await writeFile(path.join(root, `docs/images/terminal-${name}-${language}.svg`), svg);
}

/** The output of a command on a pseudo-terminal of script(1) with this width. */
async function runOnTerminal(words, columns, language) {
  const line = `stty cols ${columns} rows ${ROWS}; exec "$NODE" "$PROGRAM" ${words.join(' ')}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    env: { ...env, NODE: process.execPath, PROGRAM: program, HPC_DESK_LANG: language },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) throw new Error(`${words.join(' ')} ended with code ${exitCode}: ${output}`);
  return output;
}
