import fc from 'fast-check';
import { isDeskError } from '../../src/errors/desk-error.js';
import { parseBaseUrl } from '../../src/model/base-url.js';
import type { WireCenter } from '../../src/platform/remote/account-endpoints.js';
import { ACCOUNT_ENDPOINTS } from '../../src/platform/remote/account-endpoints.js';
import { toClusterFacts } from '../../src/platform/remote/account-mapping.js';
import { toLaunchUrl, toSession } from '../../src/platform/remote/create-platform.js';
import { decodeResponse, parseJson } from '../../src/platform/remote/decode-response.js';
import type { WireSession } from '../../src/platform/remote/desktop-endpoints.js';
import { DESKTOP_ENDPOINTS } from '../../src/platform/remote/desktop-endpoints.js';
import { answerOf, FAILURE_CONTEXT } from './platform-answers.js';
import { property } from './property.js';
import { anyText } from './texts.js';

const apiUrl = parseBaseUrl('https://api.example.cn');
if (apiUrl === undefined) throw new Error('not a URL');
const MAPPING = { timeZone: 'Asia/Shanghai', sweepAt: '', mayBeLoopback: false };
const SESSION = {
  ...{ sessionId: 's1', id: '7', name: '桌面', hostname: 'gv101', ip: '10.1.2.3', sid: '4' },
  ...{ user: 'me', jobs: '1', width: '1280', length: 800, createDate: '2023-02-02 11:59:45' },
};
const READ_LAUNCH_URL = DESKTOP_ENDPOINTS.readLaunchUrl('s');
/** A valid response for each call. */
const GOOD = [
  { endpoint: DESKTOP_ENDPOINTS.createSession, data: SESSION },
  { endpoint: DESKTOP_ENDPOINTS.listSessions, data: [SESSION, SESSION] },
  { endpoint: DESKTOP_ENDPOINTS.listSessions, data: { list: [SESSION], total: 1 } },
  { endpoint: DESKTOP_ENDPOINTS.deleteSession('s'), data: null },
  { endpoint: READ_LAUNCH_URL, data: { url: 'https://a.cn/x' } },
  { endpoint: DESKTOP_ENDPOINTS.readSchedulers, data: [{ id: 11_250, text: '昆山' }] },
  {
    endpoint: ACCOUNT_ENDPOINTS.logInWithAccessKey,
    data: [{ clusterId: '0', clusterName: 'ac', token: 'a.b.c' }],
  },
  { endpoint: ACCOUNT_ENDPOINTS.renewToken, data: { clusterId: '1', token: 'a.b.c' } },
  { endpoint: ACCOUNT_ENDPOINTS.checkToken, data: 'valid' },
  {
    endpoint: ACCOUNT_ENDPOINTS.readCenter,
    data: {
      id: 1,
      name: 'x',
      clusterUserInfo: { userName: 'me' },
      hpcUrls: [{ enable: 'true', url: 'https://a.cn/hpc' }],
    },
  },
];
const row = fc.constantFrom(...GOOD);
const envelopeOf = (data: unknown) => JSON.stringify({ code: '0', msg: 'success', data });
const hostileValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  anyText,
  fc.constantFrom<unknown>(
    1e21,
    -1,
    2 ** 53,
    '__proto__',
    'x'.repeat(5_000),
    {},
    [],
    [[]],
    null,
    true,
    '9'.repeat(400),
  ),
);
const bytes = fc.uint8Array({ maxLength: 60 });
const nested = fc
  .tuple(fc.integer({ min: 50, max: 100 }), fc.constantFrom('[', '{"a":', '[{"a":'), fc.boolean())
  .map(
    ([depth, open, isClosed]) =>
      open.repeat(depth) +
      '1' +
      (isClosed
        ? [...open.repeat(depth)]
            .reverse()
            .map((one) => ({ '[': ']', '{': '}' })[one] ?? '')
            .join('')
        : ''),
  );
const jsonText = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
  nested,
  fc
    .array(fc.constantFrom(...'{}[]",:\\ 1e-0tn', 'null', '"a"', '\\u0041', '\ufeff', '会'), {
      maxLength: 25,
    })
    .map((parts) => parts.join('')),
);
/** A valid response with a few bytes replaced or inserted. */
const mutatedBody = fc
  .tuple(
    row,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(3),
        fc.constantFrom(...Buffer.from('"{}[],:\\0\0\x80\xff\x1b-e', 'latin1')),
      ),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(([{ endpoint, data }, changes]) => {
    const body = [...Buffer.from(envelopeOf(data))];
    for (const [at, count, byte] of changes) body.splice(at % (body.length + 1), count, byte);
    return { endpoint, body: Buffer.from(body) };
  });
const randomBody = fc
  .tuple(
    row,
    fc.oneof(
      bytes.map((list) => Buffer.from(list)),
      jsonText.map((text) => Buffer.from(text)),
    ),
  )
  .map(([{ endpoint }, body]) => ({ endpoint, body }));
/** A valid response with the value of one field replaced. */
const bodyWithBadField = fc
  .tuple(row, fc.nat(), hostileValue, fc.boolean())
  .map(([{ endpoint, data }, at, value, isEnvelope]) => {
    const envelope: Record<string, unknown> = { code: '0', msg: '', data: structuredClone(data) };
    const target = isEnvelope ? envelope : (firstRecord(envelope.data) ?? envelope);
    const keys = Object.keys(target);
    target[keys[at % keys.length] ?? 'data'] = value;
    return { endpoint, body: Buffer.from(JSON.stringify(envelope)) };
  });

function firstRecord(data: unknown): Record<string, unknown> | undefined {
  const one = Array.isArray(data) ? data[0] : data;
  return typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : undefined;
}

type Received = { readonly endpoint: (typeof GOOD)[number]['endpoint']; readonly body: Buffer };

/** Decodes and maps a response like the client; returns whether it yields a value or a DeskError. */
function receive({ endpoint, body }: Received, status = 200): boolean {
  const received = decodeResponse(answerOf(body, { status }), endpoint, FAILURE_CONTEXT);
  if (!received.isSuccess) return isDeskError(received.error);
  try {
    map(endpoint, received.data);
    return true;
  } catch (error) {
    return isDeskError(error);
  }
}

function map(endpoint: Received['endpoint'], data: unknown): void {
  if (endpoint === DESKTOP_ENDPOINTS.createSession) toSession(data as WireSession, MAPPING);
  if (endpoint === DESKTOP_ENDPOINTS.listSessions)
    for (const one of data as WireSession[]) toSession(one, MAPPING);
  if (endpoint === READ_LAUNCH_URL && apiUrl !== undefined)
    toLaunchUrl(data as string, apiUrl, false);
  if (endpoint === ACCOUNT_ENDPOINTS.readCenter && apiUrl !== undefined)
    toClusterFacts(data as WireCenter, apiUrl);
}

/** Parses JSON by the standard, at any depth; undefined if it is invalid. */
function parseByTheBook(body: Buffer): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return undefined;
  }
}

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;
}

property(
  'parseJson accepts exactly what JSON.parse accepts, up to a depth of 64',
  1_000,
  fc.oneof(
    jsonText.map((text) => Buffer.from(text)),
    bytes.map((list) => Buffer.from(list)),
    fc.tuple(jsonText, bytes).map(([text, list]) => Buffer.concat([Buffer.from(text), list])),
  ),
  (body) => {
    const expected = parseByTheBook(body);
    const parsed = parseJson(body);
    if (expected === undefined || depthOf(expected.value) > 64) return 'problem' in parsed;
    return 'value' in parsed && JSON.stringify(parsed.value) === JSON.stringify(expected.value);
  },
);

property(
  'a valid response with a few bytes changed yields a value or a DeskError',
  1_000,
  mutatedBody,
  (input) => receive(input),
);

property('any bytes and any JSON yield a value or a DeskError', 1_000, randomBody, (input) =>
  receive(input),
);

property(
  'an unexpected field value yields a value or a DeskError',
  800,
  bodyWithBadField,
  (input) => receive(input),
);

property(
  'any HTTP status yields a value or a DeskError',
  600,
  fc.tuple(fc.oneof(mutatedBody, bodyWithBadField), fc.integer({ min: 200, max: 599 })),
  ([input, status]) => receive(input, status),
);

property(
  'error details do not contain received text',
  800,
  fc
    .tuple(row, fc.nat(), fc.stringMatching(/^SECRET[A-Z]{8}$/), fc.boolean())
    .map(([{ endpoint, data }, cut, secret, isCut]) => {
      const text = envelopeOf(data).replace(/"[^"]{2,}"(?=[,}\]])/g, (found, at) =>
        at > 20 ? `"${secret}"` : found,
      );
      return {
        endpoint,
        secret,
        body: Buffer.from(isCut ? text.slice(0, cut % text.length) : text),
      };
    }),
  ({ endpoint, body, secret }) => {
    const received = decodeResponse(answerOf(body), endpoint, FAILURE_CONTEXT);
    return received.isSuccess || !JSON.stringify(received.error.details).includes(secret);
  },
);
