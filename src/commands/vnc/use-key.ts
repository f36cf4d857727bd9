import { KEY_ENDS_SOON_MS, type NamedKey, readKey } from '../../domain/connect/choose-route.js';
import { formatZonedTime } from '../../model/time.js';
import type { Context } from '../context.js';

/** What a named private key tells about its login node; says what is wrong with the key. @throws usage.invalidValue */
export async function useKey(context: Context, file: string): Promise<NamedKey> {
  const { clock, progress } = context;
  const { value: timeZone } = await context.setting('timeZone');
  const key = await readKey(await context.transport(), file, timeZone);
  const { path, expiresAt, isOpenToOthers } = key;
  if (isOpenToOthers) progress({ kind: 'keyOpen', path });
  if (expiresAt === undefined) return key;
  const leftMs = expiresAt.getTime() - clock.now().getTime();
  if (leftMs <= 0) {
    progress({ kind: 'keyExpired', path, expiredAt: formatZonedTime(expiresAt, timeZone) });
  } else if (leftMs <= KEY_ENDS_SOON_MS) {
    progress({ kind: 'keyExpires', path, leftMs });
  }
  return key;
}
