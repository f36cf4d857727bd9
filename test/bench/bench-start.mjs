// Measures the start time of the program as a ratio to bare node, in alternating runs:
// `node test/bench/bench-start.mjs [--check] [RUNS]`.
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endAll, environment, folder, has, here, logIn, program, startNode } from './programs.mjs';
import { countRuns, median, pairedRatio, printTable, withBudget } from './table.mjs';

const RUNS = countRuns(15);
const MIB = 1024 * 1024;
const isNode20 = process.versions.node.startsWith('20.');
const CREATE = isNode20 ? 3 : 2.4;
/** Command lines, and the maximum ratio of each to bare node. */
const LINES = {
  '--version': 1.15,
  '--help': 1.9,
  '__complete sessions -- vnc show': 1.5,
  'completion bash': undefined,
  whoami: 1.9,
  'vnc create': CREATE,
  'vnc create -o name': CREATE,
  '--lang zh --help': 1.9,
  '--lang zh whoami': 1.9,
  '--lang zh vnc create': CREATE,
};
const MAX_RSS_MIB = 75;
const MAX_ANSWER_RSS_MIB = 160;
/** A platform whose response never ends. */
const ENDLESS = `require('node:http').createServer((_, response) => {
  const chunk = Buffer.alloc(65536, ' ');
  const send = () => { while (response.write(chunk)); };
  response.on('drain', send);
  send();
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); })`;
const TERMINAL_LINES = ['whoami', 'vnc create', '--lang zh vnc create'];
/** Well-known programs that are installed anyway. */
const OTHERS = ['vitest', 'knip'];
const tools = path.resolve(here, '../../node_modules/.bin');

try {
  console.log(`node ${process.version}, ${RUNS} runs in turn, medians\n`);
  await benchStart();
} finally {
  await endAll();
}

async function benchStart() {
  const sandbox = await startNode(program, 'sandbox', '--desktop', 'builtin', '--json');
  const { apiUrl, token } = JSON.parse(sandbox.line);
  logIn(apiUrl, token);
  const empty = path.join(folder, 'empty.cjs');
  await writeFile(empty, '');

  const own = (line) => [process.execPath, program, ...line.split(' ')];
  const put = ['curl', '-sS', '-X', 'PUT', '-H', `token: ${token}`];
  const cases = [
    ['bare node', [process.execPath, empty]],
    ...Object.keys(LINES).map((line) => [line, own(line)]),
    ...(has('script', '-V') ? terminalCases(empty) : []),
    ...OTHERS.map((name) => [`${name} --version`, [path.join(tools, name), '--version']]),
    ['npm --version', ['npm', '--version']],
    ...(has('curl', '-V')
      ? [['curl, the same PUT', [...put, `${apiUrl}/hpc/openapi/v2/desktop/vnc`]]]
      : []),
  ];
  const times = new Map(cases.map(([name]) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const [name, argv] of cases) times.get(name).push(elapsedMs(argv));
  }

  const bare = times.get('bare node');
  const curl = times.get('curl, the same PUT');
  const rows = [...times].map(([name, own]) => [
    name,
    median(own).toFixed(0),
    withBudget(name, pairedRatio(own, bare), { atMost: LINES[name] }),
    curl === undefined || name !== 'vnc create' ? '' : pairedRatio(own, curl),
  ]);
  printTable(['command', 'ms', '× bare node', '× curl'], rows);

  const rssMib = async (...argv) => (await peakRssBytes(argv)) / MIB;
  const createMib = (await rssMib(program, 'vnc', 'create')).toFixed(0);
  const endless = await startNode('-e', ENDLESS);
  environment.HPC_DESK_TOKEN = 'bench';
  const list = ['vnc', 'list', '--api-url', `http://127.0.0.1:${endless.line}`];
  const answerMib = (await rssMib(program, ...list)).toFixed(0);
  printTable(
    ['peak memory', 'MiB'],
    [
      ['bare node', (await rssMib(empty)).toFixed(0)],
      [
        'vnc create',
        withBudget('peak memory of vnc create, MiB', createMib, { atMost: MAX_RSS_MIB }),
      ],
      [
        'vnc list, an answer without end',
        withBudget('peak memory, an answer without end, MiB', answerMib, {
          atMost: MAX_ANSWER_RSS_MIB,
        }),
      ],
    ],
  );
}

/** The same on a terminal, with colours, tables and a query of the terminal size. */
function terminalCases(empty) {
  const onTerminal = (...argv) => [
    'script',
    '-qec',
    [process.execPath, ...argv].join(' '),
    '/dev/null',
  ];
  const own = TERMINAL_LINES.map((line) => [`${line}, on a terminal`, onTerminal(program, line)]);
  return [['bare node, on a terminal', onTerminal(empty)], ...own];
}

function elapsedMs([file, ...rest]) {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(file, rest, { env: environment });
  if (status !== 0) throw new Error(`${rest.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - startedAt;
}

async function peakRssBytes(argv) {
  const reporter = path.join(folder, 'report-rss.cjs');
  const file = path.join(folder, 'rss');
  const line = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS))`;
  await writeFile(reporter, `process.on('exit', () => ${line});`);
  spawnSync(process.execPath, ['--require', reporter, ...argv], { env: environment });
  return Number(await readFile(file, 'utf8')) * 1024;
}
