import type { Step } from '../helpers/scripted-server.js';

/** The example session of API page `vnc-create`; a valid result for many operations. */
export const EXAMPLE = { sessionId: 'gv101--u--SIG--4', ip: '10.0.41.101', sid: '4' };
export const GOOD = JSON.stringify({ code: '0', msg: 'success', data: EXAMPLE });
/** No part of it may reach the terminal. */
export const HTML = '<!DOCTYPE html><title>Log in</title>';

export const say = (...parts: readonly (string | Buffer)[]): Step => ({
  send: Buffer.concat(parts.map((part) => Buffer.from(part))),
});
/** Sends the same bytes repeatedly. */
export const drip = (bytes: string | Buffer, everyMs = 20): Step => ({ drip: bytes, everyMs });
export const end: Step = { close: 'end' };
export const reset: Step = { close: 'reset' };

/** A status line and headers, with the empty line after them. */
export const head = (status: string | number, ...headers: readonly string[]) =>
  `HTTP/1.1 ${status}${typeof status === 'number' ? ' Any' : ''}\r\n${headers.map((header) => `${header}\r\n`).join('')}\r\n`;
export const length = (bytes: number | string) => `content-length: ${bytes}`;
export const CHUNKED = 'transfer-encoding: chunked';
export const chunk = (body: string) => `${body.length.toString(16)}\r\n${body}\r\n`;
export const chunked = (...parts: readonly string[]) => say(head(200, CHUNKED), ...parts);
/** A complete response with this status and body. */
export const whole = (
  body: string | Buffer,
  status: string | number = 200,
  ...headers: readonly string[]
) => say(head(status, length(Buffer.byteLength(body)), ...headers), body);
export const html = (status: number, ...headers: readonly string[]) =>
  whole(HTML, status, 'content-type: text/html', ...headers);
export const encoded = (coding: string, body: Buffer) =>
  whole(body, 200, `content-encoding: ${coding}`);
/** An envelope with this JSON as its data. */
export const dataOf = (json: string) => `{"code":"0","data":${json}}`;
export const times = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index));
