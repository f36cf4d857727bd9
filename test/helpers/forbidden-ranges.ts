/**
 * Code points that control a terminal, reverse text or are invisible; listed by hand, independently of the code under
 * test, which uses Unicode properties.
 */
export const FORBIDDEN_RANGES: readonly (readonly [first: number, last: number, what: string])[] = [
  [0x00, 0x1f, 'C0'],
  [0x7f, 0x9f, 'DEL and C1'],
  [0xad, 0xad, 'soft hyphen'],
  [0x34f, 0x34f, 'combining grapheme joiner'],
  [0x61c, 0x61c, 'Arabic letter mark'],
  [0x115f, 0x1160, 'Hangul fillers'],
  [0x17b4, 0x17b5, 'inherent vowels of Khmer'],
  [0x180b, 0x180f, 'Mongolian selectors'],
  [0x200b, 0x200f, 'zero width and direction marks'],
  [0x2028, 0x2029, 'line and paragraph separator'],
  [0x202a, 0x202e, 'bidi embeddings and overrides'],
  [0x2060, 0x206f, 'invisible operators and bidi isolates'],
  [0x3164, 0x3164, 'Hangul filler'],
  [0xd800, 0xdfff, 'lone surrogates'],
  [0xfe00, 0xfe0f, 'variation selectors'],
  [0xfeff, 0xfeff, 'byte order mark'],
  [0xffa0, 0xffa0, 'half-width filler'],
  [0xfff9, 0xfffb, 'annotations'],
  [0x1bca0, 0x1bca3, 'controls of shorthand'],
  [0x1d173, 0x1d17a, 'controls of music'],
  [0xe0000, 0xe0fff, 'tags and further selectors'],
];
