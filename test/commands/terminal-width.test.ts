import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { beforeAll, expect, it } from 'vitest';
import { openTestDesk } from './test-desk.js';

const LINES = [
  ...['whoami', 'clusters', 'vnc create', 'vnc list', 'vnc show', 'config list', 'doctor'],
  'vnc list --fields name,ip,port,createdAt,sweepAt,sessionId',
];
const CASES = ['en', 'zh'].flatMap((lang) =>
  [40, 80, 120].flatMap((columns) => LINES.map((line) => [line, lang, columns] as const)),
);
/** What a terminal has to break: a word that could not be copied otherwise. */
const ENDS_IN_A_LONG_WORD = /(^|\s)\S*[!-~]{20}$/;

const desk = openTestDesk();
beforeAll(async () => {
  await desk.logIn();
  await desk.run('vnc create');
});

it.each(CASES)('%s in %s has no line wider than %i columns', async (line, lang, columns) => {
  const { exitCode, stdout } = await desk.run(`${line} --lang ${lang}`, {
    isTerminal: true,
    columns,
  });
  expect(exitCode).toBe(0);
  const lines = stripVTControlCharacters(stdout).split('\n');
  const wide = lines.filter((text) => stringWidth(text) > columns);
  expect(wide.filter((text) => !ENDS_IN_A_LONG_WORD.test(text))).toEqual([]);
  expect(lines.filter((text) => /^\s*[，。；：！？、）】”]/.test(text))).toEqual([]);
});
