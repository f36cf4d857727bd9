const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));

/** Every control character by itself (ECMA-48): C0, DEL and C1. */
export const controls: readonly string[] = [...range(0x00, 0x1f), '\x7f', ...range(0x80, 0x9f)].map(
  (control) => `gv${control}101`,
);

/** Every ESC sequence of two bytes that a terminal knows, and charsets of three. */
export const escapes: readonly string[] = [
  ...[
    '7',
    '8',
    '=',
    '>',
    'D',
    'E',
    'H',
    'M',
    'N',
    'O',
    'Z',
    'c',
    'l',
    'm',
    'n',
    'o',
    '|',
    '}',
    '~',
  ],
  ...['#3', '#4', '#5', '#6', '#8', '(0', '(B', ')0', '*0', '+0', '%@', '%G', ' F', ' G'],
].map((rest) => `gv\x1b${rest}101`);

/** Text that overwrites or hides other text. */
export const overprints: readonly string[] = [
  'safe\rEVIL',
  'safe\b\b\b\bEVIL',
  'safe\x1b[4DEVIL',
  'safe\x1b[1GEVIL',
  'safe\x1b[2K\x1b[1GEVIL',
  'safe\nEVIL',
  'safe\r\nEVIL',
  'safe\x0bEVIL',
  'safe\x0cEVIL',
  'safe\x85EVIL',
  'safe\x84EVIL',
  'safe\x8dEVIL',
  '\x1b[8mconcealed\x1b[28m',
  '\x1b[30;40mblack on black\x1b[0m',
  '\x1b[37;47mwhite on white\x1b[0m',
  '\x1b[38;5;0m\x1b[48;5;0mhidden',
  '\x1b[38;2;1;1;1;48;2;1;1;1mhidden',
  '\x1b[5mblink',
  '\x1b[7minverse',
  'a\tb',
  '\x1b[31m',
  '\x1b[0m',
  '\x1b[m',
  `${'\b'.repeat(200)}EVIL`,
  `${'\n'.repeat(100)}EVIL`,
  `${'\x1b[A'.repeat(50)}EVIL`,
];
