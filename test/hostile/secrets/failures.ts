import type { Answer, Echo, Failure } from './echo-platform.js';
import { PLANTED } from './sentinels.js';

/** The state of the credentials file. */
export type StoreState = 'good' | 'renewable' | 'dead' | 'damaged' | 'unsafe' | 'none';

/** One course that a run can take, as data. */
export interface Path {
  readonly title: string;
  /** Default: `good`. */
  readonly store?: StoreState;
  readonly failure?: Failure;
  readonly environment?: Readonly<Record<string, string>>;
  /** Added to the command line. */
  readonly flags?: string;
  /** The message of the error that `sleep` throws instead of waiting. */
  readonly breaksWith?: string;
  /** Sent as soon as the platform receives a request. */
  readonly signal?: 'SIGTERM';
  /** Also applies to commands that do not use the network. */
  readonly isForAll?: true;
}

const says = (code: string, msg: string, more: Omit<Answer, 'body'> = {}): Answer => ({
  body: JSON.stringify({ code, msg, data: null }),
  ...more,
});
const html = (status: number, { plain }: Echo): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><title>${plain}</title><p>${plain}</p></html>`,
});

/** The program truncates a message after 500 characters; here that is in the middle of a secret. */
const MSG_CHARACTERS = 500;
const beforeTheCut = ({ plain }: Echo) =>
  `${'.'.repeat(MSG_CHARACTERS - Math.ceil(plain.length * 0.8))}${plain}`;

const FAR = 'https://hpc.example.invalid';

export const PATHS: readonly Path[] = [
  { title: 'success', isForAll: true },
  { title: 'the token is renewed', store: 'renewable' },
  { title: 'the token is past renewal and the access key logs in', store: 'dead' },
  { title: 'the credentials file is damaged', store: 'damaged', isForAll: true },
  { title: 'others can write to the credentials file', store: 'unsafe', isForAll: true },
  {
    title: 'no credentials file and a token in the environment',
    store: 'none',
    environment: { HPC_DESK_TOKEN: PLANTED.token },
    isForAll: true,
  },
  { title: '401 that echoes secrets', failure: ({ plain }) => says('401', plain, { status: 401 }) },
  { title: '403 that echoes secrets', failure: ({ plain }) => says('403', plain, { status: 403 }) },
  { title: '403 in HTML', failure: (echo) => html(403, echo) },
  { title: '500 that echoes secrets', failure: ({ plain }) => says('500', plain, { status: 500 }) },
  { title: '500 in HTML', failure: (echo) => html(500, echo) },
  { title: 'HTML with status 200', failure: (echo) => html(200, echo) },
  { title: 'a refusal that echoes secrets', failure: ({ plain }) => says('10004', plain) },
  { title: 'a refusal with URL-encoded secrets', failure: ({ percent }) => says('10004', percent) },
  { title: 'a refusal with base64 secrets', failure: ({ base64 }) => says('10004', base64) },
  {
    title: 'a refusal truncated in the middle of a secret',
    failure: (echo) => says('10004', beforeTheCut(echo)),
  },
  {
    title: 'a refused login by access key',
    store: 'dead',
    failure: ({ plain, base64 }) => says('10009', `${plain} ${base64}`),
  },
  { title: 'a code that echoes secrets', failure: ({ plain }) => says(plain, 'any') },
  {
    title: 'a redirect that echoes secrets',
    failure: ({ percent }) => ({
      status: 302,
      headers: { location: `${FAR}/?t=${percent.replaceAll(' ', '+')}` },
      body: '',
    }),
  },
  {
    title: '429 that echoes secrets',
    failure: ({ plain }) => says('10011', plain, { status: 429, headers: { 'retry-after': '1' } }),
  },
  { title: 'truncated JSON', failure: ({ plain }) => ({ body: `{"msg":"${plain}` }) },
  { title: 'a body that is not JSON', failure: ({ plain }) => ({ body: plain }) },
  {
    title: 'JSON of an unexpected shape',
    failure: ({ plain }) => ({
      body: JSON.stringify({ code: '0', msg: plain, data: { ip: plain, sid: plain, [plain]: 1 } }),
    }),
  },
  {
    title: 'an unknown content encoding',
    failure: ({ plain }) => ({ headers: { 'content-encoding': plain.slice(0, 80) }, body: plain }),
  },
  {
    title: 'an oversized header',
    failure: ({ plain }) => ({ headers: { 'x-echo': plain.repeat(2_000) }, body: '' }),
  },
  { title: 'a connection that is reset', failure: () => 'reset' },
  { title: 'no response', failure: () => 'silence', flags: '--timeout 60ms' },
  { title: 'SIGTERM during a request', failure: () => 'silence', signal: 'SIGTERM' },
  { title: 'a port without a listener', flags: '--api-url http://127.0.0.1:9' },
  {
    title: 'a proxy that is not running',
    environment: { HPC_DESK_TOKEN: PLANTED.token },
    flags: `--api-url ${FAR}`,
  },
  {
    title: 'a proxy with an unknown scheme',
    environment: {
      HPC_DESK_TOKEN: PLANTED.token,
      https_proxy: `gopher://me:${PLANTED.proxyPassword}@127.0.0.1:9`,
    },
    flags: `--api-url ${FAR}`,
  },
  {
    title: 'an unexpected error that quotes a header',
    failure: () => says('any', 'any', { status: 503 }),
    breaksWith: `invalid header value: token: ${PLANTED.token}`,
  },
];
