import { isDeskError } from '../../errors/desk-error.js';
import { originOf } from '../../model/base-url.js';
import { formatZonedTime } from '../../model/time.js';
import { isTokenRefused } from '../login/renewing-platform.js';
import { blockedBy, type Finding, failure, judge, pass, warn } from './finding.js';
import type { Facts } from './gather-facts.js';
import { judgePlatform, judgeTls } from './judge-network.js';

const ENDING_SOON_MINUTES = 60;

/** Judges the token's own expiry claim, not whether the platform accepts it. */
export function judgeToken(facts: Facts): Finding {
  return judge(
    facts.login,
    ({ user, expiresAt, clockOffsetMs }) => {
      if (expiresAt === '') return pass('token.silent', { user });
      const leftMs = new Date(expiresAt).getTime() - serverTime(facts, clockOffsetMs);
      const minutes = Math.floor(leftMs / 60_000);
      const endsAt = formatZonedTime(new Date(expiresAt), facts.timeZone);
      if (minutes < 0) return warn('token.expired', { user, expiresAt: endsAt });
      return minutes < ENDING_SOON_MINUTES
        ? warn('token.ending', { user, minutes })
        : pass('token.lives', { user, expiresAt: endsAt });
    },
    (error) => {
      if (error.family === 'local') return blockedBy('folder');
      return isDeskError(error, 'usage.invalidValue') ? blockedBy('settings') : failure(error);
    },
  );
}

export function judgeCluster(facts: Facts): Finding {
  const { cluster, session, baseUrl } = facts;
  if (cluster === undefined) return blockedBy('token');
  const origin = originOf(baseUrl);
  const finding = judge(
    cluster,
    (schedulers) => pass('cluster.answers', { origin, schedulers }),
    (error) => {
      // The token was renewed by the session probe.
      const isRenewed = isTokenRefused(error) && session?.kind === 'value';
      return isRenewed ? pass('cluster.answers', { origin, schedulers: [] }) : failure(error);
    },
  );
  const isNetwork = finding.code === 'late' || finding.code.startsWith('network.');
  // Avoids reporting a network failure twice.
  if (isNetwork && judgeTls(facts).status === 'fail') return blockedBy('tls');
  if (isNetwork && judgePlatform(facts).status !== 'pass') return blockedBy('platform');
  return finding;
}

/** The platform's time in milliseconds since the epoch, by its response or the offset stored with the login. */
function serverTime({ origin, now }: Facts, storedOffsetMs: number): number {
  const { date, receivedAt } =
    origin.kind === 'value' ? origin.value : { date: undefined, receivedAt: now };
  return (
    now.getTime() + (date === undefined ? storedOffsetMs : date.getTime() - receivedAt.getTime())
  );
}
