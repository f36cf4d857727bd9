import * as v from 'valibot';
import { DeskError } from '../../errors/desk-error.js';
import type { BaseUrl } from '../../model/base-url.js';
import type { Meanings } from './failure.js';
import type { Method } from './http.js';
import {
  clusterSchema,
  type Envelope,
  launchUrlSchema,
  sessionListSchema,
  sessionSchema,
} from './schemas.js';

/** One row of the table: all that is particular to a call. */
export interface PlatformEndpoint {
  readonly method: Method;
  /** Below the service's URL; made of constant text and encoded segments. */
  readonly path: (input: never) => string;
  /** The shape of `data` when the code is 0. */
  readonly response: v.GenericSchema;
  /** The name of its page in the platform's documentation, for messages. */
  readonly page: string;
  /** What codes and statuses mean here, where it is not what they mean elsewhere. */
  readonly meanings?: Meanings;
  /** Where an answer holds its result, where it is not `data`. */
  readonly dataOf?: (envelope: Envelope) => unknown;
}

export type EndpointTable = Readonly<Record<string, PlatformEndpoint>>;

interface SessionKey {
  readonly sessionId: string;
}

const SESSIONS = '/openapi/v2/desktop/vnc';

/** The calls about desktops. Adding one is adding a row. */
export const DESKTOP_ENDPOINTS = {
  createSession: {
    method: 'PUT',
    path: () => SESSIONS,
    response: sessionSchema,
    page: 'vnc-create',
  },
  listSessions: {
    method: 'GET',
    path: () => SESSIONS,
    response: sessionListSchema,
    page: 'vnc-list',
  },
  deleteSession: {
    method: 'DELETE',
    path: ({ sessionId }: SessionKey) => `${SESSIONS}/${encodeSegment('sessionId', sessionId)}`,
    response: v.unknown(),
    page: 'vnc-delete',
  },
  readLaunchUrl: {
    method: 'GET',
    path: ({ sessionId }: SessionKey) =>
      `${SESSIONS}/${encodeSegment('sessionId', sessionId)}/launchurl`,
    response: launchUrlSchema,
    page: 'vnc-launchurl',
  },
  readCluster: {
    method: 'GET',
    path: () => '/openapi/v2/cluster',
    response: clusterSchema,
    page: 'cluster',
  },
} as const satisfies EndpointTable;

/** Adds the service to a base URL unless it already ends in it: the platform hands out both forms. */
export function joinServiceUrl(baseUrl: BaseUrl, service: string): BaseUrl {
  const trimmed = baseUrl.replace(/\/+$/, '');
  return (trimmed.endsWith(`/${service}`) ? trimmed : `${trimmed}/${service}`) as BaseUrl;
}

/**
 * Writes a value as one segment of a path (RFC 3986 §3.3).
 *
 * @throws unsafe.value for what would name another path, or cannot be encoded.
 */
function encodeSegment(field: string, value: string): string {
  const isUsable = !/^\.{0,2}$|[\x00-\x1f\x7f-\x9f]/.test(value) && value.isWellFormed();
  if (!isUsable) throw new DeskError('unsafe.value', { field, value: value.slice(0, 80) });
  return encodeURIComponent(value);
}
