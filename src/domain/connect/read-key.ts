import { basename } from 'node:path';
import { type KeyFileName, parseKeyFileName } from '../../model/key-file.js';
import type { Transport } from '../../transport/transport.js';

/** A private key that the user named, and what its name says. */
export interface NamedKey extends Partial<KeyFileName> {
  /** Absolute. */
  readonly path: string;
  /** ssh ignores such a key. */
  readonly isOpenToOthers: boolean;
}

/** Near enough to the end of a key to say so, in milliseconds. */
export const KEY_ENDS_SOON_MS = 7 * 24 * 60 * 60_000;

/**
 * @param timeZone - IANA name of the zone that the platform's clock stands in.
 * @throws usage.invalidValue when it is no file that can be a key.
 */
export async function readKey(
  transport: Pick<Transport, 'lookAtKey'>,
  file: string,
  timeZone: string,
): Promise<NamedKey> {
  const key = await transport.lookAtKey(file);
  return { ...key, ...parseKeyFileName(basename(key.path), timeZone) };
}
