import { EXIT_CODES } from '../../src/errors/codes.js';
import type { CliResult } from '../helpers/run-cli.js';

/** Success, and every failure except a bug. */
export const EXIT_CODES_OF_THE_TABLE: ReadonlySet<number> = new Set([
  0,
  ...Object.values(EXIT_CODES).filter((code) => code !== EXIT_CODES.bug),
]);

/** An error, the platform's message, and a hint. */
const TEXT_GRAMMAR =
  /^((?!error:|hint:)[^\n]+\n)*error: [^\n]+\n( {7}platform message: [^\n]*\n)?(hint: {2}[^\n]+\n)?$/;
const CHINESE_GRAMMAR = /^((?!错误|提示)[^\n]+\n)*错误：[^\n]+\n( {6}[^\n]+\n)?(提示：[^\n]+\n)?$/;
const JSON_GRAMMAR = /^\{"error":\{"code":"[a-zA-Z.]+","family":"[a-zA-Z]+","message":".+\}\n$/;

/** Control and invisible characters; line feed and tab are the program's own. */
const ESCAPES = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
/** HTML may appear only where the output quotes the platform. */
const PAGE = /<!?\/?[a-z]/i;
const QUOTED = /^ {6,7}.*$|"platform":\{.*\}|“[^”]*”|<anonymous>/gm;

/** Names every problem with the output of a command in one form. */
export function problemsOf({ exitCode, stdout, stderr }: CliResult, form: string): string[] {
  const isGood = exitCode === 0;
  const printed = stdout + stderr;
  const problems: readonly (readonly [string, boolean])[] = [
    [`exit code ${exitCode}`, !EXIT_CODES_OF_THE_TABLE.has(exitCode)],
    ['a page', PAGE.test(stderr.replace(QUOTED, ''))],
    ['an escape', ESCAPES.test(printed)],
    ['a secret', /SENTINEL/.test(printed)],
    ['grammar', !isGood && form !== '--debug' && !grammarOf(form).test(stderr)],
    ['a result', !isGood && stdout !== ''],
  ];
  return problems.filter(([, isWrong]) => isWrong).map(([name]) => name);
}

function grammarOf(form: string): RegExp {
  if (form === '--json') return JSON_GRAMMAR;
  return form === '--lang zh' ? CHINESE_GRAMMAR : TEXT_GRAMMAR;
}
