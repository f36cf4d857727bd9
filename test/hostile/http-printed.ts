import { EXIT_CODES } from '../../src/errors/codes.js';
import type { CliResult } from '../helpers/run-cli.js';

/** Success, and every failure that was foreseen: a bug is none. */
export const EXIT_CODES_OF_THE_TABLE: ReadonlySet<number> = new Set([
  0,
  ...Object.values(EXIT_CODES).filter((code) => code !== EXIT_CODES.bug),
]);

/** One sentence, what the platform said of it, and the next step. */
const TEXT_GRAMMAR =
  /^((?!error:|hint:)[^\n]+\n)*error: [^\n]+\n( {7}platform message: [^\n]*\n)?(hint: {2}[^\n]+\n)?$/;
const CHINESE_GRAMMAR = /^((?!错误|提示)[^\n]+\n)*错误：[^\n]+\n( {6}[^\n]+\n)?(提示：[^\n]+\n)?$/;
const JSON_GRAMMAR = /^\{"error":\{"code":"[a-zA-Z.]+","family":"[a-zA-Z]+","message":".+\}\n$/;

/** Everything that drives a terminal or is drawn as nothing; line feed and tab are our own. */
const ESCAPES = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
/** What is printed of a page is quoted as the platform's words, and nowhere else. */
const PAGE = /<!?\/?[a-z]/i;
const QUOTED = /^ {6,7}.*$|"platform":\{.*\}|“[^”]*”|<anonymous>/gm;

/** What is wrong with all that a command printed in one form, in a word each. */
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
