import { basename } from 'node:path';
import type { RouteFacts } from '../../domain/choose-route.js';
import { parseKeyFileName } from '../../model/key-file.js';
import { formatZonedTime } from '../../model/zoned-time.js';
import type { Context } from '../context.js';

const DAY_MS = 24 * 60 * 60_000;
const SOON_MS = 7 * DAY_MS;

/** What a named private key tells about its login node; says what is wrong with the key. @throws usage.invalidValue */
export async function useKey(
  context: Context,
  file: string,
): Promise<NonNullable<RouteFacts['key']>> {
  const { now, progress } = context;
  const transport = await context.transport();
  const { path, isOpenToOthers } = await transport.lookAtKey(file);
  if (isOpenToOthers) progress({ kind: 'keyOpen', path });
  const { value: timeZone = 'UTC' } = await context.setting('timeZone');
  const name = parseKeyFileName(basename(path), timeZone);
  if (name === undefined) return { path };
  const { user, host, expiresAt } = name;
  const leftMs = expiresAt.getTime() - now().getTime();
  if (leftMs <= 0) {
    progress({ kind: 'keyExpired', path, expiredAt: formatZonedTime(expiresAt, timeZone) });
  } else if (leftMs <= SOON_MS) {
    progress({ kind: 'keyExpires', path, leftMs });
  }
  return { path, user, host };
}
