import { type BaseUrl, isClearText } from '../../model/base-url.js';
import type { FailedExchange } from './send-request.js';

const MIN_OFFSET_MS = 60_000;
const MAX_OFFSET_MS = 24 * 3_600_000;

/** What the platform says of a user or a key that it does not know, or of another user's: no clock is to blame. */
const WRONG_IDENTITY = /不存在|非本人|not exist/i;
/** The code of a signature that does not fit is not recorded, only the words are. */
const WRONG_SIGNATURE = /签名|时间戳|signature|timestamp/i;

/**
 * Finds by how many milliseconds our clock is behind when that may be why a log-in by access key failed. The server's
 * own clock is believed only where nobody in between could have changed what it shows.
 */
export function findClockSkewMs(
  { error: { platform }, clockOffsetMs }: Pick<FailedExchange, 'error' | 'clockOffsetMs'>,
  authUrl: BaseUrl,
): number | undefined {
  if (platform === undefined || clockOffsetMs === undefined || isClearText(authUrl))
    return undefined;
  const { code, msg } = platform;
  const isAboutSignature =
    !WRONG_IDENTITY.test(msg) && (code === '10009' || WRONG_SIGNATURE.test(msg));
  const distanceMs = Math.abs(clockOffsetMs);
  const isPlausible = distanceMs > MIN_OFFSET_MS && distanceMs <= MAX_OFFSET_MS;
  return isAboutSignature && isPlausible ? clockOffsetMs : undefined;
}
