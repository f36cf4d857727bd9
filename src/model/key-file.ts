import { type HostName, parseHostName, parseUserName, type UserName } from './endpoint.js';
import { parseLocalTime } from './time.js';

/** What the name of a private key from the SCNet console says. */
export interface KeyFileName {
  readonly user: UserName;
  readonly host: HostName;
  readonly expiresAt: Date;
}

/**
 * Reads `<user>_<host>_RsaKeyExpireTime_<YYYY-MM-DD_HH-MM-SS>.txt`, also with the ` (1)` of a browser that had one already;
 * anything else is undefined. A user may hold underscores, a host never does.
 *
 * @param timeZone - IANA name of the zone that the platform's clock stands in.
 */
export function parseKeyFileName(name: string, timeZone: string): KeyFileName | undefined {
  const match =
    /^(.+)_([^_]+)_RsaKeyExpireTime_(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)-(\d\d)( ?\(\d+\))?\.txt$/.exec(
      name,
    );
  if (match === null) return undefined;
  const [, userText, hostText, date, hour, minute, second] = match;
  const user = parseUserName(userText);
  const host = parseHostName(hostText);
  const expiresAt = parseLocalTime(`${date} ${hour}:${minute}:${second}`, timeZone);
  return user === undefined || host === undefined || expiresAt === undefined
    ? undefined
    : { user, host, expiresAt };
}
