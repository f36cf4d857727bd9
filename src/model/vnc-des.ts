import { createCipheriv } from 'node:crypto';

const BLOCK_BYTES = 8;

/**
 * Encrypts blocks of 8 bytes with the DES of VNC authentication: the key is the password, cut or filled with zeros to
 * 8 bytes, the bits of each byte reversed (RFC 6143 §7.2.2, erratum 4951).
 *
 * OpenSSL 3 has no single DES in its default provider; triple DES with the same key three times is single DES.
 */
export function encryptVncDes(password: Buffer, blocks: Buffer): Buffer {
  const key = fillBlock(password).map(reverseBits);
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null);
  return cipher.setAutoPadding(false).update(blocks);
}

/**
 * The form in which VNC password files hold a password: its first 8 bytes, hidden by a key that everybody knows
 * (vncpasswd(1)). It is no protection; the file is.
 */
export function hideVncPassword(password: Buffer): Buffer {
  return encryptVncDes(STORAGE_KEY, fillBlock(password));
}

const STORAGE_KEY = Buffer.from('17526b06234e5807', 'hex');

function fillBlock(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(BLOCK_BYTES)]).subarray(0, BLOCK_BYTES);
}

function reverseBits(byte: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit += 1) reversed |= ((byte >> bit) & 1) << (7 - bit);
  return reversed;
}
