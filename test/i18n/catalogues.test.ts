import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/cli/parse/program.js';
import { commands } from '../../src/commands/index.js';
import type { ErrorCode } from '../../src/errors/codes.js';
import { tokenProblems as enTokenProblems } from '../../src/i18n/en/errors.js';
import { en } from '../../src/i18n/en/index.js';
import { writeText } from '../../src/i18n/messages.js';
import { tokenProblems as zhTokenProblems } from '../../src/i18n/zh/errors.js';
import { zh } from '../../src/i18n/zh/index.js';
import { EXAMPLE_DETAILS } from '../errors/example-details.js';
import { leavesOf, shapeOf } from './leaves-of.js';

it('both languages have the same keys with the same types', () => {
  expect(shapeOf(zh).toSorted()).toEqual(shapeOf(en).toSorted());
  expect(shapeOf(zhTokenProblems)).toEqual(shapeOf(enTokenProblems));
});

/** Names and commands that are not translated. */
const UNTRANSLATED = [
  '.ask.accessKey',
  '.ask.secretKey',
  '.labels.accessKey',
  '.labels.secretKey',
  '.config.sources.unset',
  '.completion.example',
  '.findings.terminal.notUtf8.hint',
  '.labels.id',
];

it('every translated Chinese text contains Chinese characters', () => {
  const texts = leavesOf(zh).filter(({ value }) => typeof value === 'string');
  const foreign = texts.filter(({ value }) => !/\p{Script=Han}/u.test(String(value)));
  expect(foreign.map(({ path }) => path).sort()).toEqual([...UNTRANSLATED].sort());
});

it('every text is a single line without surrounding whitespace', () => {
  const texts = [...leavesOf(en), ...leavesOf(zh)].map(({ value }) => value);
  const odd = texts.filter((text) => typeof text === 'string' && !/^\S(.*\S)?$/.test(text));
  expect(odd).toEqual([]);
});

const LANGUAGES = [
  ['English', en],
  ['Chinese', zh],
] as const;

describe.each(LANGUAGES)('errors in %s', (_, catalogue) => {
  const texts = (Object.keys(EXAMPLE_DETAILS) as ErrorCode[]).flatMap((code) =>
    EXAMPLE_DETAILS[code].map((details) => ({
      code,
      details,
      ...writeText({ code, details }, catalogue),
    })),
  );

  it.each(texts)('$code is one sentence: $message', ({ message }) => {
    expect(message).toMatch(/^\S.*[^\s.。！!？?，,：:；;]$/);
  });

  it.each(texts)(
    '$code contains no undefined or null value: $message',
    ({ message, hint = '' }) => {
      expect(message + hint).not.toMatch(/undefined|null|NaN|\[object/);
    },
  );

  it.each(texts.filter(({ hint }) => hint !== undefined))(
    '$code has a one-line hint: $hint',
    ({ hint = '' }) => {
      expect(hint).toMatch(/^\S.*[^\s.。]$/);
    },
  );

  const lines = texts.flatMap(({ code, hint = '' }) => {
    const [line] = /hpc-desk [^<，（”]+/.exec(hint) ?? [];
    return line === undefined ? [] : [{ code, line: line.trim() }];
  });

  it.each(lines)('$code suggests a valid command line: $line', ({ line }) => {
    const words = line
      .replace(/ again$/, '')
      .split(' ')
      .slice(1);
    const typed = words.map((word) => word.replace('HOST:PORT', 'host.example:65051'));
    const options = { messages: en, version: '1.2.3', columns: 80, hasColor: false };
    expect(() => parseCommandLine(commands, typed, options)).not.toThrow();
  });
});

it('both languages print the platform’s message and code', () => {
  for (const [, { report }] of LANGUAGES) {
    expect(report.platformSays('10004', '参数无效')).toMatch(/参数无效.*10004/);
  }
});

it.each([
  [en, 'TigerVNC closed before it showed the desktop (exit code 0)'],
  [zh, 'TigerVNC 尚未显示桌面就已关闭（退出码 0）'],
])('viewer.failed without a reason is a complete sentence', (catalogue, message) => {
  const details = { viewer: 'TigerVNC', exitCode: 0, reason: '' };
  expect(writeText({ code: 'viewer.failed', details }, catalogue).message).toBe(message);
});
