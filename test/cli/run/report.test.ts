import { describe, expect, it } from 'vitest';
import {
  formatAdvice,
  formatError,
  type ReportForm,
  toDeskError,
} from '../../../src/cli/run/report.js';
import type { ErrorCode } from '../../../src/errors/codes.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { en } from '../../../src/i18n/en/index.js';
import { zh } from '../../../src/i18n/zh/index.js';
import { PLAIN_THEME } from '../../../src/view/theme.js';
import { EXAMPLE_DETAILS } from '../../errors/example-details.js';

const TEXT: ReportForm = { messages: en, theme: PLAIN_THEME, isJson: false, isDebug: false };
const JSON_LINE: ReportForm = { ...TEXT, isJson: true };

const REFUSED = new DeskError(
  'platform.refused',
  { platformCode: '10004' },
  { platform: { code: '10004', msg: '参数无效' } },
);

describe('an error as text', () => {
  it('has a message and a hint with the next command', () => {
    expect(formatError(new DeskError('session.notFound', { selector: undefined }), TEXT)).toBe(
      'error: you have no session\nhint:  hpc-desk vnc create',
    );
  });

  it('shows the platform’s message below our own', () => {
    expect(formatError(REFUSED, TEXT)).toBe(
      'error: the platform refused the request (code 10004)\n' +
        '       platform message: 参数无效 (code 10004)\n' +
        'hint:  hpc-desk whoami',
    );
  });

  it('has no hint line without a hint', () => {
    expect(formatError(new DeskError('usage.conflict', { first: '-a', second: '-b' }), TEXT)).toBe(
      'error: -a and -b cannot be used together',
    );
  });

  it('has no space after a full-width colon in Chinese', () => {
    expect(formatError(REFUSED, { ...TEXT, messages: zh })).toBe(
      '错误：平台拒绝了请求（代码 10004）\n' +
        '      平台消息：参数无效（代码 10004）\n' +
        '提示：hpc-desk whoami',
    );
  });

  it('has a stack trace only with --debug', () => {
    const error = toDeskError(new TypeError('x is not a function'));
    expect(formatError(error, TEXT)).not.toContain('    at ');
    const text = formatError(error, { ...TEXT, isDebug: true });
    expect(text).toContain('    at ');
    expect(text).toContain('caused by: TypeError: x is not a function');
  });
});

describe('an error as JSON', () => {
  const codes = Object.keys(EXAMPLE_DETAILS) as ErrorCode[];

  it.each(codes)('%s is one line of JSON with the documented keys', (code) => {
    const [details] = EXAMPLE_DETAILS[code];
    const error = new DeskError(code, details as never);
    const line = formatError(error, JSON_LINE);
    expect(line).not.toContain('\n');
    const parsed = JSON.parse(line);
    expect(Object.keys(parsed)).toEqual(['error']);
    expect(Object.keys(parsed.error)).toEqual([
      'code',
      'family',
      'message',
      'hint',
      'exitCode',
      'platform',
    ]);
    expect(parsed.error).toMatchObject({ code, exitCode: error.exitCode, family: error.family });
  });

  it('has the platform’s code and message', () => {
    expect(JSON.parse(formatError(REFUSED, JSON_LINE)).error.platform).toEqual({
      code: '10004',
      msg: '参数无效',
    });
  });

  it('has null for a missing hint and a missing platform message', () => {
    const error = new DeskError('usage.conflict', { first: '-a', second: '-b' });
    expect(JSON.parse(formatError(error, JSON_LINE)).error).toMatchObject({
      hint: null,
      platform: null,
    });
  });
});

describe('hostile text', () => {
  const hostile = '\x1b]0;x\x07\n\u202e\u200b\x9b31m';
  const error = new DeskError(
    'unsafe.value',
    { field: hostile, value: hostile },
    { platform: { code: hostile, msg: hostile } },
  );

  it.each([
    ['as text', { ...TEXT, isDebug: true }],
    ['in Chinese', { ...TEXT, messages: zh }],
    ['as JSON', JSON_LINE],
  ])('is escaped %s', (_, form) => {
    expect(formatError(error, form)).not.toMatch(/[\x1b\x07\x9b\u202e\u200b]/);
  });

  it('adds no line to the report', () => {
    expect(formatError(error, TEXT).split('\n')).toHaveLength(3);
    expect(formatError(error, JSON_LINE).split('\n')).toHaveLength(1);
  });

  it('round-trips through JSON', () => {
    expect(JSON.parse(formatError(error, JSON_LINE)).error.platform.msg).toBe(hostile);
  });
});

describe('a thrown value', () => {
  it('is kept if it is a DeskError', () => {
    expect(toDeskError(REFUSED)).toBe(REFUSED);
  });

  it.each([
    [new TypeError('x is not a function'), 'x is not a function'],
    ['text', 'text'],
    [undefined, 'undefined'],
    [{ a: 1 }, '[object Object]'],
  ])('is reported as a bug otherwise: %j', (thrown, reason) => {
    const error = toDeskError(thrown);
    expect([error.code, error.details, error.exitCode]).toEqual(['bug.unexpected', { reason }, 1]);
  });
});

describe('advice', () => {
  const advice = {
    warnings: ['take\x1bcare'],
    next: ['hpc-desk vnc connect'],
    undo: 'hpc-desk vnc rm',
  };

  it('always has the warnings, and the suggested commands only for people', () => {
    expect(formatAdvice(advice, TEXT, true)).toBe(
      'warning: take\\x1bcare\nnext: hpc-desk vnc connect\nundo: hpc-desk vnc rm\n',
    );
    expect(formatAdvice(advice, TEXT, false)).toBe('warning: take\\x1bcare\n');
  });

  it('is empty without warnings and commands', () => {
    expect(formatAdvice({}, TEXT, true)).toBe('');
  });
});
