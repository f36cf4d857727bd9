import { DeskError, isDeskError, type PlatformReply } from '../../errors/desk-error.js';
import { isLoopbackUrl, joinServiceUrl, originOf } from '../../model/base-url.js';
import { formatZonedTime, nextSweepAt, type PlatformClock } from '../../model/time.js';
import type { Token } from '../../model/token.js';
import type { Platform } from '../platform.js';
import { type ClientOptions, createClient } from './client.js';
import { DESKTOP_ENDPOINTS } from './desktop-endpoints.js';
import { type MappingOptions, toLaunchUrl, toSchedulerNames, toSession } from './mapping.js';

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
  const client = createClient(DESKTOP_ENDPOINTS, {
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
      toSession(await client.call('createSession', credentials), mapping()),
    async listSessions() {
      const wires = await client.call('listSessions', credentials);
      const options = mapping();
      return wires.map((wire) => toSession(wire, options));
    },
    async deleteSession(sessionId) {
      try {
        await client.call('deleteSession', credentials, { sessionId });
        return 'deleted';
      } catch (error) {
        if (isNoSuchSession(error)) return 'alreadyGone';
        throw error;
      }
    },
    async readLaunchUrl(sessionId) {
      try {
        const text = await client.call('readLaunchUrl', credentials, { sessionId });
        return toLaunchUrl(text, client.baseUrl, allowsHttp);
      } catch (error) {
        if (!isNoSuchSession(error)) throw error;
        const { platform } = error;
        throw new DeskError(
          'session.notFound',
          { selector: sessionId },
          { cause: error, platform },
        );
      }
    },
    readSchedulers: async () => toSchedulerNames(await client.call('readCluster', credentials)),
    close: () => client.close(),
  };
}

function isNoSuchSession(
  error: unknown,
): error is DeskError & { readonly platform: PlatformReply } {
  return isDeskError(error) && error.platform?.code === NO_SUCH_SESSION;
}
