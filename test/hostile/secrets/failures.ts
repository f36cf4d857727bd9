import type { Answer, Echo, Failure } from './echo-platform.js';
import { PLANTED } from './sentinels.js';

/** What stands in the credentials file. */
export type StoreState = 'good' | 'renewable' | 'dead' | 'damaged' | 'unsafe' | 'none';

/** One way in which a run can go, as data. */
export interface Path {
  readonly title: string;
  /** `good` unless told. */
  readonly store?: StoreState;
  readonly failure?: Failure;
  readonly environment?: Readonly<Record<string, string>>;
  /** Added to the command line. */
  readonly flags?: string;
  /** What waiting throws, instead of passing the time. */
  readonly breaksWith?: string;
  /** Sent as soon as the platform has a request. */
  readonly signal?: 'SIGTERM';
  /** Also for commands that ask nobody on the network. */
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

/** The platform cuts what it says after 500 characters; here the cut goes through the middle of a secret. */
const MSG_CHARACTERS = 500;
const beforeTheCut = ({ plain }: Echo) =>
  `${'.'.repeat(MSG_CHARACTERS - Math.ceil(plain.length * 0.8))}${plain}`;

const FAR = 'https://hpc.example.invalid';

export const PATHS: readonly Path[] = [
  { title: 'all goes well', isForAll: true },
  { title: 'the token is renewed', store: 'renewable' },
  { title: 'the token is dead and the key logs in', store: 'dead' },
  { title: 'the store is damaged', store: 'damaged', isForAll: true },
  { title: 'others can write to the store', store: 'unsafe', isForAll: true },
  {
    title: 'nothing is stored and the environment has the token',
    store: 'none',
    environment: { HPC_DESK_TOKEN: PLANTED.token },
    isForAll: true,
  },
  { title: '401 that repeats all', failure: ({ plain }) => says('401', plain, { status: 401 }) },
  { title: '403 that repeats all', failure: ({ plain }) => says('403', plain, { status: 403 }) },
  { title: '403 in HTML', failure: (echo) => html(403, echo) },
  { title: '500 that repeats all', failure: ({ plain }) => says('500', plain, { status: 500 }) },
  { title: '500 in HTML', failure: (echo) => html(500, echo) },
  { title: 'HTML with status 200', failure: (echo) => html(200, echo) },
  { title: 'a refusal that repeats all', failure: ({ plain }) => says('10004', plain) },
  { title: 'a refusal in percent', failure: ({ percent }) => says('10004', percent) },
  { title: 'a refusal in base64', failure: ({ base64 }) => says('10004', base64) },
  {
    title: 'a refusal that is cut in the middle of a secret',
    failure: (echo) => says('10004', beforeTheCut(echo)),
  },
  {
    title: 'a refusal of the log-in by key',
    store: 'dead',
    failure: ({ plain, base64 }) => says('10009', `${plain} ${base64}`),
  },
  { title: 'a code that repeats all', failure: ({ plain }) => says(plain, 'any') },
  {
    title: 'a redirect that repeats all',
    failure: ({ percent }) => ({
      status: 302,
      headers: { location: `${FAR}/?t=${percent.replaceAll(' ', '+')}` },
      body: '',
    }),
  },
  {
    title: '429 that repeats all',
    failure: ({ plain }) => says('10011', plain, { status: 429, headers: { 'retry-after': '1' } }),
  },
  { title: 'JSON that breaks off', failure: ({ plain }) => ({ body: `{"msg":"${plain}` }) },
  { title: 'no JSON at all', failure: ({ plain }) => ({ body: plain }) },
  {
    title: 'another shape',
    failure: ({ plain }) => ({
      body: JSON.stringify({ code: '0', msg: plain, data: { ip: plain, sid: plain, [plain]: 1 } }),
    }),
  },
  {
    title: 'an unknown encoding',
    failure: ({ plain }) => ({ headers: { 'content-encoding': plain.slice(0, 80) }, body: plain }),
  },
  {
    title: 'too much in one header',
    failure: ({ plain }) => ({ headers: { 'x-echo': plain.repeat(2_000) }, body: '' }),
  },
  { title: 'a connection that breaks off', failure: () => 'reset' },
  { title: 'silence', failure: () => 'silence', flags: '--timeout 60ms' },
  { title: 'SIGTERM in between', failure: () => 'silence', signal: 'SIGTERM' },
  { title: 'a port that nobody listens on', flags: '--api-url http://127.0.0.1:9' },
  {
    title: 'a proxy that is not there',
    environment: { HPC_DESK_TOKEN: PLANTED.token },
    flags: `--api-url ${FAR}`,
  },
  {
    title: 'a proxy that cannot be understood',
    environment: {
      HPC_DESK_TOKEN: PLANTED.token,
      https_proxy: `gopher://me:${PLANTED.proxyPassword}@127.0.0.1:9`,
    },
    flags: `--api-url ${FAR}`,
  },
  {
    title: 'an error that nobody expected and that quotes a header',
    failure: () => says('any', 'any', { status: 503 }),
    breaksWith: `invalid header value: token: ${PLANTED.token}`,
  },
];
