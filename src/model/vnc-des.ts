import { createCipheriv } from 'node:crypto';

const BLOCK_BYTES = 8;

/**
 * Encrypts 8-byte blocks with DES as in VNC authentication: the key is the password, truncated or zero-padded to 8 bytes,
 * with the bits of each byte reversed (RFC 6143 §7.2.2, erratum 4951).
 *
 * OpenSSL 3 has no single DES in its default provider; 3DES with three equal keys is DES.
 */
export function encryptVncDes(password: Buffer, blocks: Buffer): Buffer {
  const key = padToBlock(password).map(reverseBits);
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null);
  return cipher.setAutoPadding(false).update(blocks);
}

/** The format of VNC password files (vncpasswd(1)): 8 bytes, obfuscated with a well-known key. Only the file mode protects it. */
export function hideVncPassword(password: Buffer): Buffer {
  return encryptVncDes(STORAGE_KEY, padToBlock(password));
}

const STORAGE_KEY = Buffer.from('17526b06234e5807', 'hex');

function padToBlock(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(BLOCK_BYTES)]).subarray(0, BLOCK_BYTES);
}

function reverseBits(byte: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit += 1) reversed |= ((byte >> bit) & 1) << (7 - bit);
  return reversed;
}
