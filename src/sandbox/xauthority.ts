const NAME = Buffer.from('MIT-MAGIC-COOKIE-1');
/** FamilyWild of Xauth.h: the record holds for every address and, without a number, for every display. */
const FAMILY_WILD = 0xffff;

/**
 * Encodes one record of an Xauthority file: family, then address, display number, name and cookie, each behind its
 * length, all numbers in 16 bits big-endian (libXau, XauWriteAuth).
 */
export function encodeXauthority(cookie: Buffer): Buffer {
  const fields = [Buffer.alloc(0), Buffer.alloc(0), NAME, cookie];
  return Buffer.concat([uint16(FAMILY_WILD), ...fields.flatMap((it) => [uint16(it.length), it])]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}
