import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runBin } from '../helpers/run-bin.js';
import {
  reply,
  type ScriptedServer,
  type Step,
  startScriptedServer,
} from '../helpers/scripted-server.js';
import { sessionsReply, writeLogins } from './live-home.js';

const NOTHING = { exitCode: 0, signal: null, stdout: '', stderr: '' };
const ONE = sessionsReply([{ sessionId: 'gv101--me--SIG--4' }]);
/** Limit of our own code that is loaded for a cached answer; `main.js` alone is twice as large. */
const MAX_LOADED_BYTES = 48 * 1024;

/** Records on exit which files were read or required, and which Node.js modules were loaded. */
const SPY = `
  const fs = require('node:fs');
  const { readFileSync, writeFileSync } = fs;
  const read = [];
  fs.readFileSync = (...words) => {
    read.push(String(words[0]));
    return readFileSync(...words);
  };
  process.on('exit', () => {
    const files = [...read, ...Object.keys(require.cache)];
    writeFileSync(LIST, JSON.stringify([files, process.moduleLoadList]));
  });
`;

let folder: string;
let config: string;
let server: ScriptedServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-hidden-'));
  config = join(folder, 'config');
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

function ask(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return runBin(['__complete', ...words], {
    environment: { PATH: '', HOME: folder, HPC_DESK_CONFIG_DIR: config, ...environment },
    stdin: 'yes\n',
  });
}

async function logIn(script: readonly Step[], login: object = {}): Promise<ScriptedServer> {
  server = await startScriptedServer(script);
  writeLogins(config, server.origin, { default: login });
  return server;
}

it('__complete prints candidates with descriptions', async () => {
  await logIn(ONE);
  const stdout = 'gv101--me--SIG--4\tgv101:4, 1920x1080, 2026-11-24 10:32\n';
  expect(await ask(['sessions', '--', 'vnc', 'show'])).toEqual({ ...NOTHING, stdout });
  const viewers = await ask(['viewers', '--', 'vnc', 'connect', '--viewer']);
  expect(viewers).toEqual({ ...NOTHING, stdout: 'auto\t\nweb\t\nnone\t\n' });
});

it.each([
  [],
  ['nonsense'],
  ['--help'],
  ['sessions'],
  ['sessions', '--', '--profile', '$(x)'],
  ['sessions', '--', '--profile=', '--lang', 'xx', '--output=?'],
  ['clusters', '--'],
  ['profiles'],
])('__complete prints nothing for %j without a login', async (...words) => {
  expect(await ask(words)).toEqual(NOTHING);
});

const FAILURES: readonly (readonly [string, readonly Step[], object, Record<string, string>])[] = [
  ['a refusal', reply('10008'), {}, {}],
  ['an invalid HTTP response', [{ send: 'what?\r\n\r\n' }], {}, {}],
  ['a connection reset', [{ close: 'reset' }], {}, {}],
  ['no response', [], {}, {}],
  ['an endless response', [{ drip: 'HTTP/1.1 200 x\r\nx: y\r\n', everyMs: 20 }], {}, {}],
  ['an expired token', ONE, { expiresAt: '2020-01-01T00:00:00.000Z' }, {}],
  ['an invalid proxy', ONE, { apiUrl: 'https://x.example' }, { HTTPS_PROXY: 'nonsense' }],
  ['an invalid setting', ONE, {}, { HPC_DESK_PROFILE: 'a b' }],
  ['HPC_DESK_DEBUG=1', reply('10008'), {}, { HPC_DESK_DEBUG: '1' }],
];

it.each(FAILURES)('__complete prints nothing on %s', async (_, script, login, environment) => {
  await logIn(script, login);
  expect(await ask(['sessions', '--'], environment)).toEqual(NOTHING);
});

it('__complete neither renews the token nor logs in', async () => {
  const accessKey = { accessKey: 'a', secretKey: 's' };
  const { origin, requests } = await logIn(reply('10008'));
  const login = { platformUrl: origin, accessKey: { ...accessKey, authUrl: origin } };
  const soon = new Date(Date.now() + 60_000).toISOString();
  writeLogins(config, origin, { default: { ...login, expiresAt: soon } });
  const before = readFileSync(join(config, 'credentials.json'));
  expect(await ask(['sessions', '--'])).toEqual(NOTHING);
  expect(requests.map((text) => text.split('\r\n')[0])).toEqual([
    'GET /hpc/openapi/v2/desktop/vnc HTTP/1.1',
  ]);
  expect(readFileSync(join(config, 'credentials.json'))).toEqual(before);
});

it('__complete is not listed in any help', async () => {
  for (const words of [['--help'], ['help'], ['vnc', 'show', '--help'], ['completion', '--help']]) {
    const { stdout } = await runBin(words, { environment: { HOME: folder } });
    expect(stdout).not.toContain('__');
  }
});

it('__complete loads little code and no network module for a cached answer', async () => {
  await logIn(ONE);
  await ask(['sessions', '--']);
  const list = join(folder, 'loaded');
  const spy = join(folder, 'spy.cjs');
  writeFileSync(spy, SPY.replace('LIST', JSON.stringify(list)));
  const { stdout } = await ask(['sessions', '--'], { NODE_OPTIONS: `--require=${spy}` });
  expect(stdout).toContain('gv101--me--SIG--4');
  const [files, builtins]: [string[], string[]] = JSON.parse(readFileSync(list, 'utf8'));
  const ours = [...new Set(files)].filter((file) => /[/\\](bin|dist)[/\\]/.test(file));
  expect(ours.map((file) => basename(file))).toContain('complete.js');
  const bytes = ours.reduce((sum, file) => sum + statSync(file).size, 0);
  expect(bytes).toBeLessThan(MAX_LOADED_BYTES);
  const heavy = /^NativeModule (net|tls|http|https|http2|crypto|child_process|worker_threads|dns)$/;
  expect(builtins.filter((name) => heavy.test(name))).toEqual([]);
});
