import { DeskError, isDeskError } from '../../errors/desk-error.js';
import {
  type BaseUrl,
  isClearText,
  isLoopbackUrl,
  joinServiceUrl,
  originOf,
} from '../../model/base-url.js';
import {
  type IpAddress,
  kindOfAddress,
  parseDisplay,
  parseIpAddress,
  portOfDisplay,
} from '../../model/endpoint.js';
import type { Session } from '../../model/session.js';
import {
  formatZonedTime,
  nextSweepAt,
  type PlatformClock,
  parseLocalTime,
} from '../../model/time.js';
import type { Token } from '../../model/token.js';
import type { Platform } from '../platform.js';
import { type ClientOptions, createClient } from './client.js';
import { DESKTOP_ENDPOINTS as ENDPOINTS, type WireSession } from './desktop-endpoints.js';

export interface RemotePlatformOptions extends Omit<ClientOptions, 'baseUrls'> {
  /** The cluster's URLs, each with or without `/hpc`; an unreachable one is replaced by the next. */
  readonly apiUrls: ClientOptions['baseUrls'];
  readonly token: Token;
  readonly clock: PlatformClock;
  /** Accept a session on loopback when the platform is not. */
  readonly allowLoopback: boolean;
}

/** Session not found: listed on API page `vnc-create`, returned by a delete. */
const NO_SUCH_SESSION = '815010';

/** The platform over its REST API. @throws usage.invalidValue for an invalid proxy variable. */
export function createPlatform(options: RemotePlatformOptions): Platform {
  const { apiUrls, token, clock, serverClock, allowLoopback, allowsHttp } = options;
  const [first, ...others] = apiUrls;
  const client = createClient({
    ...options,
    baseUrls: [joinServiceUrl(first, 'hpc'), ...others.map((url) => joinServiceUrl(url, 'hpc'))],
  });
  const credentials = { token };
  const nextSweep = () => nextSweepAt(serverClock.now(), clock);
  const mapping = (): MappingOptions => ({
    timeZone: clock.timeZone,
    sweepAt: formatZonedTime(nextSweep(), clock.timeZone),
    mayBeLoopback: allowLoopback || isLoopbackUrl(client.baseUrl),
  });

  return {
    get origin() {
      return originOf(client.baseUrl);
    },
    now: serverClock.now,
    nextSweepAt: nextSweep,
    createSession: async () =>
      toSession(await client.call(ENDPOINTS.createSession, credentials), mapping()),
    async listSessions() {
      const wires = await client.call(ENDPOINTS.listSessions, credentials);
      const options = mapping();
      return wires.map((wire) => toSession(wire, options));
    },
    async deleteSession(sessionId) {
      try {
        await client.call(ENDPOINTS.deleteSession(sessionId), credentials);
        return 'deleted';
      } catch (error) {
        if (isNoSuchSession(error)) return 'alreadyGone';
        throw error;
      }
    },
    async readLaunchUrl(sessionId) {
      try {
        const text = await client.call(ENDPOINTS.readLaunchUrl(sessionId), credentials);
        return toLaunchUrl(text, client.baseUrl, allowsHttp);
      } catch (error) {
        if (!isNoSuchSession(error)) throw error;
        const options = { cause: error, platform: error.platform };
        throw new DeskError('session.notFound', { selector: sessionId }, options);
      }
    },
    readSchedulers: () => client.call(ENDPOINTS.readSchedulers, credentials),
    close: () => client.close(),
  };
}

function isNoSuchSession(error: unknown): error is DeskError {
  return isDeskError(error) && error.platform?.code === NO_SUCH_SESSION;
}

export interface MappingOptions {
  /** IANA name of the platform's time zone. */
  readonly timeZone: string;
  /** Time of the next sweep, the same for all sessions. */
  readonly sweepAt: string;
  /** Whether a session may be on loopback: if the platform is too, or by the user's option. */
  readonly mayBeLoopback: boolean;
}

/** Maps a session of the API. @throws unsafe.value for an address or display that must not be connected to. */
export function toSession(
  wire: WireSession,
  { timeZone, sweepAt, mayBeLoopback }: MappingOptions,
): Session {
  const display = parseDisplay(wire.sid) ?? refuse('sid', String(wire.sid));
  const createdAt = parseLocalTime(wire.createDate, timeZone);
  return {
    sessionId: wire.sessionId,
    id: wire.id,
    name: wire.name,
    hostname: wire.hostname,
    ip: toTarget(wire.ip, mayBeLoopback),
    display,
    port: portOfDisplay(display),
    user: wire.user,
    job: wire.jobs,
    widthPx: wire.width,
    // The platform calls the height `length`.
    heightPx: wire.length,
    createdAt: createdAt === undefined ? '' : formatZonedTime(createdAt, timeZone),
    sweepAt,
  };
}

/**
 * Validates a launch URL, absolute or relative to the platform's origin.
 *
 * @param allowsHttp - As in `StoredLogin`: the URL is a secret.
 * @throws unsafe.value unless it is http(s) without user info, or when it is loopback and the platform is not; repeats
 * only the scheme. usage.plainHttp
 */
export function toLaunchUrl(text: string, apiUrl: BaseUrl, allowsHttp: boolean): string {
  const origin = originOf(apiUrl);
  const isRelative = text.startsWith('/');
  const isClean = !/[\s\\\x00-\x1f\x7f-\x9f]/.test(text) && text.isWellFormed();
  const url = isClean && URL.canParse(text, origin) ? new URL(text, origin) : undefined;
  const isUsable =
    url !== undefined &&
    (isRelative ? url.origin === origin : /^https?:\/\//i.test(text)) &&
    url.username === '' &&
    url.password === '';
  if (!isUsable || (isLoopbackUrl(url.origin) && !isLoopbackUrl(apiUrl))) {
    return refuse('launchurl', url?.protocol ?? '…');
  }
  if (isClearText(url.origin) && !allowsHttp) {
    throw new DeskError('usage.plainHttp', { url: url.origin });
  }
  return url.href;
}

function toTarget(text: string, mayBeLoopback: boolean): IpAddress {
  const address = parseIpAddress(text);
  const kind = address === undefined ? 'never' : kindOfAddress(address);
  const isAllowed = kind === 'ordinary' || (kind === 'loopback' && mayBeLoopback);
  return address !== undefined && isAllowed ? address : refuse('ip', text);
}

function refuse(field: string, value: string): never {
  throw new DeskError('unsafe.value', { field, value: value.slice(0, 80) });
}
