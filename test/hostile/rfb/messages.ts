import { cutText, hear, hex, join, raw, text, u32, update, zeros } from '../rfb-parts.js';
import { broken, drip, end, late, lost, type RfbCase, row, small, whole } from './rfb-case.js';

const BELL = hex('02');
const bells = (count: number) => Buffer.alloc(count, 2);
const colours = (first: string, count: string, bytes: number) =>
  join(hex(`01 00 ${first} ${count}`), zeros(bytes));

/** Message types of extensions that the client did not negotiate. */
const UNASKED = [
  ['an UltraVNC resize', 4],
  ['a file transfer', 7],
  ['a text chat', 11],
  ['a VMware message', 127],
  ['EndOfContinuousUpdates', 150],
  ['a ServerFence', 248],
  ['an xvp message', 250],
  ['a gii message', 253],
  ['a QEMU message', 255],
] as const;

export const MESSAGES: readonly RfbCase[] = [
  ...UNASKED.map(([title, type]) =>
    row(
      `include ${title} that was not negotiated`,
      small(Buffer.from([type])),
      broken(new RegExp(`type ${type}$`)),
    ),
  ),
  row('include three Bells', small(bells(3), whole), [8, 8]),
  row('include 999 Bells', small(bells(999), whole), [8, 8]),
  row('include 1000 Bells', small(bells(1_000), whole), broken(/1000 messages/)),
  row('are endless Bells', small({ flood: bells(4096) }), broken(/1000 messages/)),
  row('include an empty ServerCutText', small(cutText(zeros(0)), whole), [8, 8]),
  row('include 256 KiB of ServerCutText', small(cutText(zeros(262_144)), whole), [8, 8]),
  row(
    'announce ServerCutText of 256 KiB + 1 byte',
    small(cutText(zeros(0), 262_145)),
    broken(/262145/),
  ),
  row('announce 2 GiB ServerCutText', small(cutText(zeros(0), 0x80000000)), broken(/2147483648/)),
  row('announce 4 GiB ServerCutText', small(cutText(zeros(0), 0xffffffff)), broken(/4294967295/)),
  row('announce an Extended Clipboard', small(cutText(zeros(0), -12)), broken(/4294967284/)),
  row('pad ServerCutText with nonzero bytes', small(hex('03 ffffff 00000001 78'), whole), [8, 8]),
  row('send ServerCutText slowly', small(hex('03 000000'), u32(4000), drip(text('x'))), late),
  row('end within ServerCutText', small(cutText(text('x'), 40), end), lost),
  row('are endless ServerCutText', small({ flood: cutText(text('x')) }), broken(/1000 messages/)),
  row(
    'are endless ServerCutText of the maximum size',
    small({ flood: cutText(zeros(262_144)) }),
    broken(/more than 201326592 bytes/),
  ),
  row('include SetColourMapEntries', small(colours('0000', '0002', 12), whole), [8, 8]),
  row('include empty SetColourMapEntries', small(colours('0000', '0000', 0), whole), [8, 8]),
  row('set colours past the last index', small(colours('ffff', 'ffff', 393_210), whole), [8, 8]),
  row('announce more colours than they contain', small(colours('0000', '0003', 12)), late),
  row('are endless colour maps', small({ flood: colours('0000', '0001', 6) }), broken(/1000 m/)),
  row(
    'are endless colour maps of the maximum size',
    small({ flood: colours('0000', 'ffff', 393_210) }),
    broken(/more than 201326592 bytes/),
  ),
  row('never include an update', small(), late),
  row('update only half of the framebuffer', small(update([raw([0, 0, 8, 4])]), hear(10)), late),
  row('are Bells sent slowly', small(drip(BELL)), late),
  row('are empty updates sent slowly', small(drip(update([]))), late),
  row('end in the middle of a message', small(hex('01 00 00'), end), lost),
];
