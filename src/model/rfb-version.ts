/** `003.008` as people write it: `3.8` (RFC 6143 §7.1.1). Anything else stays as it is. */
export function shortRfbVersion(version: string): string {
  return version.replace(/^0*(\d+)\.0*(\d+)$/, '$1.$2');
}
