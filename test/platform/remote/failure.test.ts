import { describe, expect, it } from 'vitest';
import type { DeskError } from '../../../src/errors/desk-error.js';
import type { HttpAnswer } from '../../../src/platform/remote/collect-response.js';
import {
  type FailureContext,
  failureOfAnswer,
  failureOfFault,
} from '../../../src/platform/remote/failure.js';
import { NOW } from './test-platform.js';

const CONTEXT: FailureContext = {
  origin: 'https://hpc.example:65051',
  page: 'vnc-create',
  tokenExpiresAt: undefined,
  now: NOW,
  localTime: NOW,
  budgetMs: 60_000,
};
const PAST = new Date(NOW.getTime() - 1);
const FUTURE = new Date(NOW.getTime() + 1);

interface Reply {
  readonly status?: number;
  readonly msg?: string;
  readonly message?: string;
}

function ofCode(code: string, { status = 200, msg = '', message = '' }: Reply = {}, context = {}) {
  const envelope = { code, msg, message, data: null };
  return failureOfAnswer(answerOf(status), envelope, { ...CONTEXT, ...context });
}

function ofStatus(status: number, parts: Partial<HttpAnswer> = {}, context = {}) {
  return failureOfAnswer({ ...answerOf(status), ...parts }, undefined, { ...CONTEXT, ...context });
}

function answerOf(status: number): HttpAnswer {
  const body = Buffer.alloc(0);
  const headers = { contentType: 'text/html', location: '', retryAfter: '', date: '' };
  return { kind: 'answer', status, ...headers, body };
}

const facts = (error: DeskError | undefined) => error && [error.code, error.exitCode];

describe('a code in the envelope', () => {
  it.each([
    ['0', undefined],
    ['10001', ['platform.fault', 5]],
    ['10003', ['platform.refused', 5]],
    ['10004', ['platform.refused', 5]],
    ['10008', ['platform.refused', 5]],
    ['10009', ['platform.refused', 5]],
    ['10010', ['platform.refused', 5]],
    ['10011', ['platform.rateLimited', 10]],
    ['10012', ['platform.refused', 5]],
    ['815201', ['platform.busy', 10]],
    ['815008', ['platform.fault', 5]],
    ['815010', ['platform.refused', 5]],
    ['401', ['auth.expired', 4]],
    ['403', ['platform.forbidden', 5]],
    ['424242', ['platform.refused', 5]],
    ['00', ['platform.refused', 5]],
    ['', ['platform.refused', 5]],
    ['__proto__', ['platform.refused', 5]],
    ['constructor', ['platform.refused', 5]],
  ])('%j → %j', (code, expected) => {
    expect(facts(ofCode(code))).toEqual(expected);
  });

  it.each([
    ['10008', {}, { tokenExpiresAt: PAST }, 'auth.expired'],
    ['10008', {}, { tokenExpiresAt: NOW }, 'auth.expired'],
    ['10008', {}, { tokenExpiresAt: FUTURE }, 'platform.refused'],
    ['10003', {}, { tokenExpiresAt: PAST }, 'platform.refused'],
    ['1001', { message: 'jwt token is invalid' }, {}, 'auth.expired'],
    ['1001', { msg: 'jwt token is invalid' }, {}, 'auth.expired'],
    ['1001', { msg: '未知异常' }, {}, 'platform.refused'],
    ['10008', { status: 401 }, {}, 'auth.expired'],
    ['0', { status: 401 }, {}, 'auth.expired'],
    ['0', { status: 500 }, {}, 'network.unusableAnswer'],
    ['10003', { status: 400 }, {}, 'platform.refused'],
    ['10003', { status: 500 }, {}, 'platform.refused'],
    ['424242', { status: 500 }, {}, 'platform.fault'],
    ['424242', { status: 429 }, {}, 'platform.rateLimited'],
    ['10003', { status: 302 }, {}, 'network.redirect'],
    ['424242', { status: 403 }, {}, 'platform.forbidden'],
    ['424242', { status: 403 }, { tokenExpiresAt: PAST }, 'auth.expired'],
    ['424242', { status: 403 }, { tokenExpiresAt: FUTURE }, 'platform.forbidden'],
    ['0', { status: 403 }, {}, 'platform.forbidden'],
    ['10003', { status: 403 }, {}, 'platform.refused'],
    ['815201', { status: 403 }, {}, 'platform.busy'],
  ])('%s with %j and %j → %s', (code, reply, context, expected) => {
    expect(ofCode(code, reply, context)?.code).toBe(expected);
  });

  it.each([
    [{ msg: 'a', message: 'b' }, 'a'],
    [{ message: 'b' }, 'b'],
    [{ msg: 'x'.repeat(501) }, 'x'.repeat(500)],
  ])('keeps the platform’s message: %j', (reply, msg) => {
    expect(ofCode('10003', reply)?.platform).toEqual({ code: '10003', msg });
  });

  it('truncates an overlong code', () => {
    const error = ofCode('9'.repeat(1000));
    expect(error?.details).toEqual({ platformCode: '9'.repeat(40) });
  });

  it('reports when the token expired, if its expiry is in the past', () => {
    const expired = ofCode('401', {}, { tokenExpiresAt: PAST });
    expect(expired?.details).toEqual({ expiredAt: '2023-02-02T03:59:59.999Z' });
    expect(ofCode('401', {}, { tokenExpiresAt: FUTURE })?.details).toEqual({
      expiredAt: undefined,
    });
  });
});

describe('a status without envelope', () => {
  it.each([
    [200, undefined],
    [204, undefined],
    [400, ['network.unusableAnswer', 6]],
    [401, ['auth.expired', 4]],
    [403, ['platform.forbidden', 5]],
    [404, ['network.unusableAnswer', 6]],
    [405, ['network.unusableAnswer', 6]],
    [408, ['network.unusableAnswer', 6]],
    [418, ['network.unusableAnswer', 6]],
    [429, ['platform.rateLimited', 10]],
    [500, ['network.unusableAnswer', 6]],
    [502, ['network.unusableAnswer', 6]],
    [503, ['network.unusableAnswer', 6]],
    [504, ['network.unusableAnswer', 6]],
    [599, ['network.unusableAnswer', 6]],
    [999, ['network.unusableAnswer', 6]],
    [300, ['network.redirect', 6]],
    [304, ['network.redirect', 6]],
  ])('%s → %j', (status, expected) => {
    expect(facts(ofStatus(status))).toEqual(expected);
  });

  it.each([
    [PAST, 'auth.expired'],
    [FUTURE, 'platform.forbidden'],
  ])('403 with a token that expires at %s is %s', (tokenExpiresAt, code) => {
    expect(ofStatus(403, {}, { tokenExpiresAt })?.code).toBe(code);
  });

  it.each([
    ['text/html; charset=utf-8', 'HTTP 404, text/html'],
    ['', 'HTTP 404'],
    ['\x1b[2J', 'HTTP 404'],
    [`${'a'.repeat(999)}/b`, 'HTTP 404'],
  ])('reports the endpoint and the content type %j', (contentType, problem) => {
    expect(ofStatus(404, { contentType })?.details).toEqual({ endpoint: 'vnc-create', problem });
  });

  it.each([
    [7_000, 7],
    [1, 1],
    [undefined, undefined],
  ])('reports how long to wait: %s ms → %s s', (retryAfterMs, retryAfterSeconds) => {
    expect(ofStatus(429, {}, { retryAfterMs })?.details).toEqual({ retryAfterSeconds });
  });

  it.each([
    ['https://other.example/path?token=SECRET', 'https://other.example'],
    ['http://hpc.example:65051/', 'http://hpc.example:65051'],
    ['/login', 'https://hpc.example:65051'],
    ['//evil.example', 'https://evil.example'],
    ['https://user:SECRET@evil.example', 'https://evil.example'],
    ['javascript:alert(1)', 'javascript:'],
    ['https://evil。example', 'https://evil.example'],
    ['http://[', ''],
    ['', ''],
  ])('reports only the origin of the redirect to %j', (location, target) => {
    const origin = 'https://hpc.example:65051';
    expect(ofStatus(302, { location })?.details).toEqual({ origin, status: 302, target });
  });
});

describe('a request without a response', () => {
  const ofFault = (code: string) =>
    failureOfFault({ kind: 'fault', code, cause: undefined, isUnsent: false }, CONTEXT);

  it.each([
    ['ECONNREFUSED', 'network.unreachable'],
    ['ENOTFOUND', 'network.unreachable'],
    ['UND_ERR_SOCKET', 'network.unreachable'],
    ['PROXY_407', 'network.unreachable'],
    ['CERT_HAS_EXPIRED', 'network.tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network.tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'network.tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network.tls'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'network.tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'network.tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'network.tls'],
    ['EPROTO', 'network.tls'],
    ['UND_ERR_PRX_TLS', 'network.tls'],
    ['HTTPParserError', 'network.unusableAnswer'],
    ['UND_ERR_HEADERS_OVERFLOW', 'network.unusableAnswer'],
    ['TOO_LARGE', 'network.unusableAnswer'],
    ['ENCODED', 'network.unusableAnswer'],
    ['CUT_OFF', 'network.unusableAnswer'],
  ])('%s → %s', (code, expected) => {
    expect(facts(ofFault(code))).toEqual([expected, 6]);
  });

  it.each([
    ['RangeError', 'addressSpace'],
    ['ENOMEM', 'addressSpace'],
    ['EMFILE', 'openFiles'],
    ['ENFILE', 'openFiles'],
  ])('%s is reported as a local limit, not as a network error', (code, limit) => {
    const error = ofFault(code);
    expect(facts(error)).toEqual(['system.limit', 9]);
    expect(error.details).toEqual({ limit, reason: code });
  });

  it.each([
    ['CERT_HAS_EXPIRED', NOW.toISOString()],
    ['CERT_NOT_YET_VALID', NOW.toISOString()],
    ['SELF_SIGNED_CERT_IN_CHAIN', undefined],
  ])('%s reports the local time %s', (code, clock) => {
    expect((ofFault(code).details as { clock?: string }).clock).toBe(clock);
  });

  it.each([
    ['DEADLINE', 60_000],
    ['UND_ERR_CONNECT_TIMEOUT', 10_000],
    ['UND_ERR_HEADERS_TIMEOUT', 20_000],
    ['UND_ERR_BODY_TIMEOUT', 15_000],
  ])('%s → network.timeout after %s ms', (code, timeoutMs) => {
    expect(ofFault(code)).toMatchObject({
      code: 'network.timeout',
      details: { origin: CONTEXT.origin, timeoutMs },
    });
  });
});
