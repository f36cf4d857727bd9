/**
 * The colour of a pixel as 0x00RRGGBB: the first three bytes in the format of `encodeSetPixelFormat`; a fourth is padding
 * (RFC 6143 §7.4). Several times as fast as `readUIntLE`.
 */
export function readColour(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset] as number) |
    ((bytes[offset + 1] as number) << 8) |
    ((bytes[offset + 2] as number) << 16)
  );
}
