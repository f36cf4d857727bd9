import { type HostName, parseHostName, parseUserName, type UserName } from './endpoint.js';
import { parseLocalTime } from './time.js';

/** The parts of the file name of a private key from the SCNet console. */
export interface KeyFileName {
  readonly user: UserName;
  readonly host: HostName;
  readonly expiresAt: Date;
}

/**
 * Parses `<user>_<host>_RsaKeyExpireTime_<YYYY-MM-DD_HH-MM-SS>.txt`, also with the ` (1)` of a repeated download; undefined
 * for anything else. A user may contain underscores, a host does not.
 *
 * @param timeZone - The platform's IANA time zone.
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
