import { describe, expect, it } from 'vitest';
import { formatAnnotations } from '../../../src/cli/output/print-result.js';
import { formatError } from '../../../src/cli/run/report.js';
import type { Command } from '../../../src/commands/command.js';
import type { ErrorCode } from '../../../src/errors/codes.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { en } from '../../../src/i18n/en/index.js';
import { zh } from '../../../src/i18n/zh/index.js';
import { createColourTheme } from '../../../src/view/colour-theme.js';
import { createProgress } from '../../../src/view/progress.js';
import { EXAMPLE_DETAILS } from '../../errors/example-details.js';
import { IS_DEEP, sample } from '../../helpers/deep.js';
import { countColours, withoutColours } from './forbidden.js';
import { createJudge, quoted } from './judge.js';
import { receiveRefusal, receiveSession, SESSION_FIELDS_ON_WIRE } from './receive.js';
import { TERMINAL_FAMILIES } from './terminal-strings.js';
import { colouredView, resultOfCheck, resultsOf, resultsOfLogin } from './text-sinks.js';

const judge = createJudge();
const { harmless } = judge;
const COLOURS = createColourTheme();
const COLOURS_OF_HARMLESS = new Map<string, number>();
const CODES = Object.keys(EXAMPLE_DETAILS) as ErrorCode[];

describe.each(Object.entries(TERMINAL_FAMILIES))('%s', (_family, all) => {
  // The longest ones take seconds each.
  const strings = sample(IS_DEEP ? all : all.filter(({ length }) => length < 2_000), 32);

  it.each(SESSION_FIELDS_ON_WIRE)('in the session field %s', (field) => {
    const failures = strings.flatMap((text) => {
      const received = receiveSession({ [field]: text });
      const what = `${field} ${quoted(text)}`;
      if ('error' in received) return judge.error(received.error, what);
      const results = resultsOf(received.value, field);
      return [...judge.results(results, what), ...judgeColours(results, what)];
    });
    expect(failures).toEqual([]);
  });

  it('as the name of a desktop, a user or a cluster', () => {
    const failures = strings.flatMap((text) => {
      const results = [resultOfCheck(text), ...resultsOfLogin(text, text, text)];
      return [...judge.results(results, quoted(text)), ...judgeColours(results, quoted(text))];
    });
    expect(failures).toEqual([]);
  });

  it('as the code, message or Location of a response', () => {
    const failures = strings.flatMap((text) =>
      (['code', 'msg', 'message', 'location'] as const).flatMap((field) => {
        const error = receiveRefusal(field, text);
        return error === undefined ? [] : judge.error(error, `${field} ${quoted(text)}`);
      }),
    );
    expect(failures).toEqual([]);
  });

  it('as any detail of any error, in both languages', () => {
    const failures = strings.flatMap((text, index) =>
      CODES.flatMap((code) => {
        const error = errorOf(code, text);
        const messages = index % 2 === 0 ? en : zh;
        const form = { messages, theme: COLOURS, isDebug: index % 3 === 0 };
        const what = () => `${code} ${quoted(text)}`;
        const shown = formatError(error, { ...form, isJson: false });
        return [
          ...harmless(withoutColours(shown), what),
          // All codes share the same JSON formatter.
          ...(code === CODES[index % CODES.length]
            ? harmless(formatError(error, { ...form, isJson: true }), what)
            : []),
          ...judge.check(countColours(shown) <= MAX_COLOURS_OF_ERROR, what),
        ];
      }),
    );
    expect(failures).toEqual([]);
  });

  it('in progress messages and annotations', () => {
    const failures = strings.flatMap((text) =>
      [en, zh].flatMap((messages) => [
        ...harmless(progressOf(text, messages), () => `progress ${quoted(text)}`),
        ...harmless(formatAnnotations('hpc-desk', [text]), () => `annotation ${quoted(text)}`),
      ]),
    );
    expect(failures).toEqual([]);
  });
});

/** Red “error”, bold “hint”. */
const MAX_COLOURS_OF_ERROR = 4;

/** Coloured output has as many colour codes as with harmless values, and nothing forbidden between them. */
function judgeColours(results: ReturnType<typeof resultsOf>, what: string): readonly string[] {
  return results.flatMap(([command, result]) => {
    const shown = colouredView(command, result);
    const usual = coloursOfHarmless(command, disarmed(result));
    const place = () => `${what} in ${command.path.join(' ')} in colour`;
    return [
      ...harmless(withoutColours(shown), place),
      ...judge.check(countColours(shown) === usual, place),
    ];
  });
}

/** Cached, because many hostile results have the same harmless form. */
function coloursOfHarmless(command: Command, harmlessResult: unknown): number {
  const key = `${command.path.join(' ')} ${JSON.stringify(harmlessResult)}`;
  const known = COLOURS_OF_HARMLESS.get(key) ?? countColours(colouredView(command, harmlessResult));
  COLOURS_OF_HARMLESS.set(key, known);
  return known;
}

/** The same value with every string that is not plain replaced by one letter. */
function disarmed(value: unknown): unknown {
  if (typeof value === 'string') return /^[\w:.+/-]*$/.test(value) ? value : 'x';
  if (Array.isArray(value)) return value.map(disarmed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, disarmed(item)]));
}

function errorOf(code: ErrorCode, text: string): DeskError {
  const [details] = EXAMPLE_DETAILS[code];
  const hostile = Object.entries(details ?? {}).map(([key, value]) => {
    if (Array.isArray(value)) return [key, value.map(() => text)];
    return [key, typeof value === 'string' ? text : value];
  });
  const facts = Object.fromEntries(hostile) as ConstructorParameters<typeof DeskError>[1];
  return new DeskError(code, facts, {
    platform: { code: text, msg: text },
    cause: new Error(text),
  });
}

function progressOf(text: string, messages: typeof en): string {
  let written = '';
  const stream = process.stderr;
  const write = (line: string) => {
    written += line;
  };
  const progress = createProgress({
    messages,
    stream: () => stream,
    isAnimated: false,
    hasColor: false,
    write,
  });
  progress.show({ kind: 'asking', origin: text });
  progress.show({ kind: 'deleting', sessionId: text });
  progress.show({ kind: 'lost', reason: text });
  progress.show({ kind: 'sessionGone', name: text });
  progress.show({ kind: 'viewing', viewer: text });
  return written;
}
