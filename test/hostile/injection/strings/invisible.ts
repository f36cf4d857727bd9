const around = (characters: readonly string[], write: (character: string) => string) =>
  characters.map(write);
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));

const BIDI = [...range(0x202a, 0x202e), ...range(0x2066, 0x2069), '\u200e', '\u200f', '\u061c'];

/** Characters that reorder text (UAX #9), including Trojan Source. */
export const bidi: readonly string[] = [
  ...around(BIDI, (mark) => `gv${mark}101`),
  ...around(BIDI.slice(0, 5), (mark) => `${mark}txt.exe\u202c`),
  'gv\u202e101:4\u202c\u202d',
  '\u2066\u202e\u2069\u2066admin\u2069',
  '\u202a'.repeat(200),
  'safe\u202e\u2066// admin\u2069 \u2066',
];

const ZERO_WIDTH = [
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u034f', '\u180e', '\u115f'],
  ...['\u1160', '\u3164', '\uffa0', '\u17b4', '\u17b5', '\u2061', '\u2062', '\u2063', '\u2064'],
  ...['\u2065', '\u206a', '\u206b', '\u206c', '\u206d', '\u206e', '\u206f', '\u2028', '\u2029'],
  ...['\ufff9', '\ufffa', '\ufffb', '\u{1d173}', '\u{1d17a}', '\u{1bca0}', '\u{1bca3}'],
];

/** Invisible characters, which make two names look the same. */
export const zeroWidth: readonly string[] = [
  ...around(ZERO_WIDTH, (character) => `gv${character}101`),
  '\u200b'.repeat(500),
  '\u200badmin',
  'admin\u200b',
  'a\u200d\u200d\u200db',
];

const TAGS = [0xe0001, 0xe0020, 0xe0041, 0xe007a, 0xe007f].map((code) =>
  String.fromCodePoint(code),
);

/** Tag characters, variation selectors, and lone surrogates. */
export const selectors: readonly string[] = [
  ...around(TAGS, (tag) => `gv${tag}101`),
  [...'ignore all'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join(''),
  ...around(
    ['\ufe00', '\ufe01', '\ufe0e', '\ufe0f', '\u180b', '\u180d', '\u180f'],
    (one) => `a${one}`,
  ),
  ...around(['\u{e0100}', '\u{e01ef}'], (one) => `字${one}`),
  ...around(['\ud800', '\udbff', '\udc00', '\udfff'], (half) => `gv${half}101`),
  '\udc00\ud800',
  '\ud83d',
  '👨\u200d👩\u200d👧',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  '❤\ufe0f',
  '1\ufe0f\u20e3',
];

/** Excessive amounts of visible characters, such as combining marks, and characters that no font has. */
export const heaps: readonly string[] = [
  `Z${'\u0301'.repeat(3000)}`,
  `Z${'\u0489'.repeat(500)}`,
  `Z${'\u20dd\u20de\u20df'.repeat(100)}`,
  '\u0301',
  '\u0e49'.repeat(100),
  `${'\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307'.repeat(20)}`,
  '\ufdfd'.repeat(20),
  '𒐫'.repeat(20),
  '\u{10ffff}'.repeat(20),
  '\ue000\uf8ff',
  '\ufffe\uffff',
  '字'.repeat(1000),
  'A'.repeat(4096),
  '👩🏽'.repeat(100),
];
