import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorCode } from '../../src/errors/codes.js';
import { isDeskError } from '../../src/errors/desk-error.js';
import { type BaseUrl, parseBaseUrl } from '../../src/model/base-url.js';
import { parseToken, type Token } from '../../src/model/token.js';
import { DEFAULT_CLOCK } from '../../src/model/zoned-time.js';
import type { Platform } from '../../src/platform/platform.js';
import { createPlatform } from '../../src/platform/remote/create-platform.js';
import type { Step } from '../helpers/scripted-server.js';

/** A session as API page `vnc-create` shows it; each operation takes it for its result. */
const EXAMPLE = { sessionId: 'gv101--u--SIG--4', ip: '10.0.41.101', sid: '4' };
export const GOOD = JSON.stringify({ code: '0', msg: 'success', data: EXAMPLE });

export const OPERATIONS = {
  create: (platform: Platform) => platform.createSession(),
  list: (platform: Platform) => platform.listSessions(),
  delete: (platform: Platform) => platform.deleteSession(EXAMPLE.sessionId),
} as const;
export type Operation = keyof typeof OPERATIONS;

export interface Ending {
  readonly result: ErrorCode | 'ok';
  /** Until all is closed too. */
  readonly elapsedMs: number;
}

/** One call of the real client, on the real clock. It throws what is no error of ours. */
export async function call(
  operation: Operation,
  url: string,
  timeoutMs: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ending> {
  const startedAtMs = performance.now();
  const elapsedMs = () => performance.now() - startedAtMs;
  const platform = createPlatform({
    apiUrls: [parseBaseUrl(url) as BaseUrl],
    token: parseToken('SENTINEL.TOKEN.1') as Token,
    clock: DEFAULT_CLOCK,
    environment,
    userAgent: 'hpc-desk/TEST',
    allowLoopback: false,
    now: () => new Date(),
    sleep: (delayMs, signal) => sleep(delayMs, undefined, { signal }),
    random: () => 0,
    remainingMs: () => timeoutMs - elapsedMs(),
    signal: new AbortController().signal,
    log: () => {},
  });
  const result = await OPERATIONS[operation](platform)
    .then(() => 'ok' as const, codeOf)
    .finally(() => platform.close());
  return { result, elapsedMs: elapsedMs() };
}

function codeOf(error: unknown): ErrorCode {
  if (!isDeskError(error)) throw error;
  return error.code;
}

export const say = (...parts: readonly (string | Buffer)[]): Step => ({
  send: Buffer.concat(parts.map((part) => Buffer.from(part))),
});
/** Says the same again and again. */
export const drip = (bytes: string | Buffer, everyMs = 20): Step => ({ drip: bytes, everyMs });
export const end: Step = { close: 'end' };
export const reset: Step = { close: 'reset' };

/** A status line and headers, with the empty line after them. */
export const head = (status: string | number, ...headers: readonly string[]) =>
  `HTTP/1.1 ${status}${typeof status === 'number' ? ' Any' : ''}\r\n${headers.map((header) => `${header}\r\n`).join('')}\r\n`;
export const length = (bytes: number | string) => `content-length: ${bytes}`;
export const CHUNKED = 'transfer-encoding: chunked';
export const chunk = (body: string) => `${body.length.toString(16)}\r\n${body}\r\n`;
/** A whole answer of this status and body. */
export const whole = (
  body: string | Buffer,
  status: string | number = 200,
  ...headers: readonly string[]
) => say(head(status, length(Buffer.byteLength(body)), ...headers), body);
/** An envelope whose data is this piece of JSON. */
export const dataOf = (json: string) => `{"code":"0","data":${json}}`;
