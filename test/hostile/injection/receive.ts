import { DeskError, isDeskError } from '../../../src/errors/desk-error.js';
import { parseBaseUrl } from '../../../src/model/base-url.js';
import type { StoredCluster } from '../../../src/model/login.js';
import type { Session } from '../../../src/model/session.js';
import type { ClusterFacts } from '../../../src/platform/accounts.js';
import {
  ACCOUNT_ENDPOINTS,
  type WireCenter,
} from '../../../src/platform/remote/account-endpoints.js';
import { toClusterFacts } from '../../../src/platform/remote/account-mapping.js';
import { toLaunchUrl, toSession } from '../../../src/platform/remote/create-platform.js';
import { decodeResponse } from '../../../src/platform/remote/decode-response.js';
import {
  DESKTOP_ENDPOINTS,
  type WireSession,
} from '../../../src/platform/remote/desktop-endpoints.js';
import type { PlatformEndpoint } from '../../../src/platform/remote/endpoint.js';
import { WIRE_SESSION } from '../../commands/session-wire.js';
import { makeToken } from '../../helpers/make-token.js';

const ORIGIN = 'https://zzhpc.example:65051';
const PLATFORM_URL = base('https://www.scnet.example/ac');
const CONTEXT = {
  origin: ORIGIN,
  page: 'vnc-create',
  tokenExpiresAt: undefined,
  now: new Date('2026-05-01T00:00:00Z'),
  localTime: new Date('2026-05-01T00:00:00Z'),
  budgetMs: 1000,
};

/** The result of a response: a value, or the error that ends the command. */
export type Received<Value> = { readonly value: Value } | { readonly error: DeskError };

export type SessionField = keyof typeof WIRE_SESSION;
export const SESSION_FIELDS_ON_WIRE = Object.keys(WIRE_SESSION) as SessionField[];

/** Receives a session with these fields replaced. */
export function receiveSession(fields: Partial<Record<SessionField, unknown>>): Received<Session> {
  return receiveSessionText(JSON.stringify({ ...WIRE_SESSION, ip: '10.0.41.101', ...fields }));
}

/** @param json - A session as JSON text, for values that JSON.stringify would write differently. */
export function receiveSessionText(json: string): Received<Session> {
  return receive(DESKTOP_ENDPOINTS.createSession, json, (wire) =>
    toSession(wire as WireSession, {
      timeZone: 'Asia/Shanghai',
      sweepAt: '2026-05-02T01:00:00+08:00',
      mayBeLoopback: false,
    }),
  );
}

export function receiveLaunchUrl(text: string): Received<string> {
  return receive(DESKTOP_ENDPOINTS.readLaunchUrl('s'), JSON.stringify(text), (url) =>
    toLaunchUrl(url as string, base(ORIGIN), true),
  );
}

export function receiveCenter(
  field: 'id' | 'name' | 'userName' | 'url',
  text: string,
): Received<ClusterFacts> {
  const usual: Record<typeof field, string> = {
    id: '11250',
    name: '昆山',
    userName: 'me',
    url: `${ORIGIN}/hpc`,
  };
  const sent: typeof usual = { ...usual, [field]: text };
  const { id, name, userName, url } = sent;
  const center = { id, name, clusterUserInfo: { userName }, hpcUrls: [{ enable: 'true', url }] };
  return receive(ACCOUNT_ENDPOINTS.readCenter, JSON.stringify(center), (wire) =>
    toClusterFacts(wire as WireCenter, PLATFORM_URL),
  );
}

export function receiveCluster(
  field: 'clusterId' | 'clusterName',
  text: string,
): Received<StoredCluster> {
  const cluster = { clusterId: '11250', clusterName: '昆山', token: makeToken(), [field]: text };
  return receive(ACCOUNT_ENDPOINTS.logInWithPassword, JSON.stringify([cluster]), (tokens) => {
    const [first] = tokens as readonly StoredCluster[];
    if (first === undefined) throw new DeskError('cluster.notFound', { selector: undefined });
    return first;
  });
}

/** The error for a response with this code, message or Location; undefined for code 0. */
export function receiveRefusal(
  field: 'code' | 'msg' | 'message' | 'location',
  text: string,
): DeskError | undefined {
  const envelope = { code: '10004', msg: '', message: 'no', data: null, [field]: text };
  const isRedirect = field === 'location';
  const received = decodeResponse(
    {
      ...ANSWER,
      status: isRedirect ? 302 : 200,
      location: isRedirect ? text : '',
      body: Buffer.from(JSON.stringify(envelope)),
    },
    DESKTOP_ENDPOINTS.createSession,
    CONTEXT,
  );
  return received.isSuccess || envelope.code === '0' ? undefined : received.error;
}

const ANSWER = {
  kind: 'answer',
  status: 200,
  contentType: 'application/json',
  location: '',
  retryAfter: '',
  date: '',
} as const;

function receive<Value>(
  endpoint: PlatformEndpoint,
  json: string,
  map: (data: unknown) => Value,
): Received<Value> {
  const body = Buffer.from(`{"code":"0","msg":"","data":${json}}`);
  const received = decodeResponse({ ...ANSWER, body }, endpoint, CONTEXT);
  if (!received.isSuccess) return { error: received.error };
  try {
    return { value: map(received.data) };
  } catch (error) {
    if (isDeskError(error)) return { error };
    throw error;
  }
}

function base(text: string) {
  const url = parseBaseUrl(text);
  if (url === undefined) throw new Error(`no base URL: ${text}`);
  return url;
}
