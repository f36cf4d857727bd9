import { isDeskError } from '../../errors/desk-error.js';
import { isLoopbackUrl, originOf } from '../../model/base-url.js';
import { CLOCK_TOLERANCE_MS } from '../../model/time.js';
import { blockedBy, type Finding, fail, failure, judge, pass, skip, warn } from './finding.js';
import type { Facts } from './gather-facts.js';

export function judgeProxy({ proxy, baseUrl }: Facts): Finding {
  const origin = originOf(baseUrl);
  return judge(proxy, (found) => {
    if (found === undefined) return pass('proxy.none', { origin });
    const details = { origin, proxy: found.address };
    return found.hasPassword ? warn('proxy.withPassword', details) : pass('proxy.used', details);
  });
}

export function judgeDns({ addresses, proxy, baseUrl }: Facts): Finding {
  const { hostname: host } = new URL(baseUrl);
  if (addresses === undefined) {
    const isProxied = proxy.kind === 'value' && proxy.value !== undefined;
    return isProxied ? skip('dns.byProxy', { host }) : skip('dns.literal', { host });
  }
  return judge(
    addresses,
    (found) => pass('dns.found', { host, addresses: found }),
    (error) =>
      isDeskError(error, 'bug.unexpected')
        ? fail('dns.failed', { host, reason: error.details.reason })
        : failure(error),
  );
}

export function judgePlatform(facts: Facts): Finding {
  return judge(
    facts.origin,
    ({ status }) => pass('platform.answers', { origin: originOf(facts.baseUrl), status }),
    (error) => {
      if (isDeskError(error, 'network.tls')) return blockedBy('tls');
      if (isDeskError(error, 'usage.invalidValue')) return blockedBy('proxy');
      return judgeDns(facts).status === 'fail' ? blockedBy('dns') : failure(error);
    },
  );
}

export function judgeTls({ origin, baseUrl }: Facts): Finding {
  const details = { origin: originOf(baseUrl) };
  if (baseUrl.startsWith('http:')) {
    return isLoopbackUrl(baseUrl)
      ? skip('tls.onLoopback', details)
      : warn('tls.clearText', details);
  }
  if (origin.kind === 'late') return blockedBy('platform');
  return judge(
    origin,
    () => pass('tls.trusted', details),
    (error) => (isDeskError(error, 'network.tls') ? failure(error) : blockedBy('platform')),
  );
}

/** Never fails: the program corrects a wrong clock itself, but certificates and users do not. */
export function judgeClock({ origin, baseUrl }: Facts): Finding {
  if (origin.kind !== 'value') return blockedBy('platform');
  const { date, receivedAt } = origin.value;
  if (date === undefined) return skip('clock.unknown', { origin: originOf(baseUrl) });
  const offsetSeconds = Math.round((receivedAt.getTime() - date.getTime()) / 1000);
  return Math.abs(offsetSeconds) * 1000 > CLOCK_TOLERANCE_MS
    ? warn('clock.wrong', { offsetSeconds })
    : pass('clock.right', { offsetSeconds });
}
