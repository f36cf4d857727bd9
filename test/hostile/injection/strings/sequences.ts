/** CSI sequences that erase, move the cursor, set modes, query, or move the window (ECMA-48, xterm's ctlseqs). */
const CSI: readonly string[] = [
  ...['2J', '3J', 'J', '1J', 'K', '1K', '2K', 'X', '10P', '10@', '10L', '10M', '5S', '5T', '10b'],
  ...['H', '1;1H', '99;99H', '5A', '5B', '5C', '5D', '5E', '5F', '5G', '5d', '5`', '5a', '5e', 's'],
  ...['u', '1;5r', 'r', '5;10s', '3g', 'g', '5I', '5Z', '4h', '4l', '20h', '2h', '12h'],
  ...['?1h', '?3h', '?5h', '?6h', '?7l', '?12h', '?25l', '?25h', '?45h', '?47h', '?66h', '?69h'],
  ...['?9h', '?1000h', '?1002h', '?1003h', '?1004h', '?1005h', '?1006h', '?1015h', '?1016h'],
  ...['?1047h', '?1048h', '?1049h', '?1049l', '?2004h', '?2026h', '?1007h', '?1l', '?80h'],
  ...['c', '0c', '>c', '=c', '5n', '6n', '?6n', '?15n', '?25n', '?26n', '?53n', 'x', '1x'],
  ...['?1$p', '4$p', '>q', '>0q', '?u', '>1u', '=1u', '<u', '?4m', '>4;2m', '>4n', '18t', '14t'],
  ...['19t', '20t', '21t', '11t', '13t', '15t', '16t', '22t', '23t', '22;0t', '3;0;0t', '4;10;10t'],
  ...['8;10;10t', '2t', '1t', '9;1t', '!p', '"p', '61"p', '0 q', '6 q', '1"q', '1;1;1;1;65$x'],
  ...['1;1;1;9;9;2$z', '1;1;9;9$t', '1;1;9;9$r', '1;1;1;9;9;1;1;1$v', '2*x', '1;1;1;1;9;9*y'],
  ...["5'z", "1'{", "1'|", '?J', '?K', "5'}", "5'~", '8m', '1;31m', '38;5;1m', '4:3m', '58;5;1m'],
  '99999999999999999999999H',
  `${'1;'.repeat(200)}1m`,
  `${'9'.repeat(5000)}C`,
  '?1;2;3;4;5;6;7h',
];

export const csi: readonly string[] = [
  ...CSI.map((rest) => `gv\x1b[${rest}101`),
  // The same with the single C1 byte, for the most powerful ones.
  ...['2J', '1;5r', '?25l', '?1049h', '6n', 'c', '21t', '?1000h'].map((rest) => `gv\x9b${rest}101`),
];

const OSC: readonly string[] = [
  ...['0;EVIL', '1;EVIL', '2;EVIL', ';EVIL', '3;EVIL=1', '4;1;?', '4;1;#ff0000', '5;0;?', '6;1'],
  ...['7;file://host/EVIL', '8;;https://evil.example', '8;id=1;https://evil.example', '8;;'],
  ...['8;;javascript:canary()', '8;;file:///etc/passwd', '9;EVIL', '9;4;1;50', '9;9;EVIL'],
  ...['10;?', '10;#ff0000', '11;?', '11;#000000', '12;?', '17;?', '19;?', '22;text', '50;?'],
  ...['50;EVIL', '52;c;Y2FuYXJ5', '52;c;?', '52;p;Y2FuYXJ5', '52;;Y2FuYXJ5', '52;c;', '104'],
  ...['105', '110', '111', '112', '133;A', '133;D;0', '555', '633;E;canary', '666;a=b'],
  ...['777;notify;EVIL;canary', '99;i=1:d=0;EVIL', '1337;File=inline=1:aGk=', '1337;SetMark'],
  ...['1337;ClearScrollback', '1337;CopyToClipboard=', '1337;RequestAttention=yes'],
  ...[
    '1337;ReportCellSize',
    '1337;StealFocus',
    '1337;SetUserVar=a=Yg==',
    '1341;a',
    '5522;type=read',
  ],
];

const closed = (text: string, end: string) => `gv\x1b]${text}${end}101`;

/** OSC sequences with each terminator: BEL, two-byte ST, one-byte ST. */
export const osc: readonly string[] = [
  ...OSC.map((text) => closed(text, '\x07')),
  ...['0;EVIL', '52;c;Y2FuYXJ5', '8;;https://evil.example', '1337;SetMark'].flatMap((text) => [
    closed(text, '\x1b\\'),
    closed(text, '\x9c'),
    `gv\x9d${text}\x07`,
    `gv\x9d${text}\x9c`,
  ]),
];

const STRINGS: readonly string[] = [
  ...['P$qm', 'P$q"p', 'P$qr', 'P+q544e', 'P+p544e', 'Pq#0;2;0;0;0#0~~', 'P1$tx', 'P0;1|17/canary'],
  ...['P=1s', 'P>|EVIL', 'P1000p', 'Ptmux;\x1b\x1b]52;c;Y2FuYXJ5\x07', '_Gi=1;AAAA', '_EVIL'],
  ...['^EVIL', 'XEVIL', '_Ga=T,f=24,s=1,v=1;AAAA', 'kEVIL'],
];

/** DCS, APC, PM and SOS strings, and screen's title string. */
export const strings: readonly string[] = [
  ...STRINGS.map((text) => `gv\x1b${text}\x1b\\101`),
  'gv\x90$qm\x9c101',
  'gv\x9fEVIL\x9c101',
  'gv\x9eEVIL\x9c101',
  'gv\x98EVIL\x9c101',
];

/** Sequences that never end, or that continue in the next field. */
export const unfinished: readonly string[] = [
  '\x1b',
  '\x1b[',
  '\x1b]',
  '\x1bP',
  '\x1b_',
  '\x1b^',
  '\x1bX',
  '\x9b',
  '\x9d',
  '\x90',
  '\x1b]0;EVIL',
  '\x1b]52;c;Y2FuYXJ5',
  '\x1b]8;;https://evil.example',
  '\x1bPq#0~~',
  '\x1b[1;',
  '\x1b[?',
  '\x1b[38;5',
  '[2J',
  ']0;EVIL\x07',
  '0;EVIL\x07',
  '\\',
  '\x1b\x1b\x1b[2J',
  '\x1b\x18[2J',
  '\x1b[\x1b[2J',
  '\x1b[2\x00J',
  '\x1b[2\x7fJ',
  `\x1b]0;${'A'.repeat(3000)}`,
  '\xc2\x9b2J',
  '\u{1b}[2J\u{9b}2J',
];
