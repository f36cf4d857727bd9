import { createCipheriv } from 'node:crypto';

/** The key that every VNC viewer and server has built in; DES of VNC reads each byte's bits backwards. */
const KNOWN_KEY = Uint8Array.from([23, 82, 107, 6, 35, 78, 88, 7], reverseBits);

/**
 * The form in which VNC password files hold a password: its first eight bytes, hidden by a key that everybody knows
 * (vncpasswd(1)). It is no protection; the file is.
 */
export function obfuscatePassword(password: string): Buffer {
  const block = Buffer.alloc(8);
  block.write(password, 'latin1');
  // Single DES is a legacy cipher to OpenSSL 3; triple DES with one key three times is the same function.
  const key = Buffer.concat([KNOWN_KEY, KNOWN_KEY, KNOWN_KEY]);
  const cipher = createCipheriv('des-ede3-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

function reverseBits(byte: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit += 1) reversed |= ((byte >> bit) & 1) << (7 - bit);
  return reversed;
}
