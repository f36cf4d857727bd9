import { cutText, hear, hex, join, raw, text, u32, update, zeros } from '../rfb-parts.js';
import { broken, drip, end, late, lost, type RfbCase, row, small, whole } from './rfb-case.js';

const BELL = hex('02');
const bells = (count: number) => Buffer.alloc(count, 2);
const colours = (first: string, count: string, bytes: number) =>
  join(hex(`01 00 ${first} ${count}`), zeros(bytes));

/** Messages of extensions that we did not ask for, by their type. */
const UNASKED = [
  ['resizes as UltraVNC', 4],
  ['offers a file transfer', 7],
  ['chats', 11],
  ['speaks VMware', 127],
  ['ends continuous updates', 150],
  ['sends a fence', 248],
  ['shuts down', 250],
  ['lists its screens', 253],
  ['sends an unknown message', 255],
] as const;

export const MESSAGES: readonly RfbCase[] = [
  ...UNASKED.map(([title, type]) =>
    row(`${title}, unasked`, small(Buffer.from([type])), broken(new RegExp(`type ${type}$`))),
  ),
  row('rings a few times', small(bells(3), whole), [8, 8]),
  row('rings 999 times', small(bells(999), whole), [8, 8]),
  row('rings 1000 times', small(bells(1_000), whole), broken(/1000 messages/)),
  row('rings for ever', small({ flood: bells(4096) }), broken(/1000 messages/)),
  row('has an empty clipboard', small(cutText(zeros(0)), whole), [8, 8]),
  row('has a clipboard of 256 KiB', small(cutText(zeros(262_144)), whole), [8, 8]),
  row(
    'announces 256 KiB of clipboard and one',
    small(cutText(zeros(0), 262_145)),
    broken(/262145/),
  ),
  row('announces 2 GiB of clipboard', small(cutText(zeros(0), 0x80000000)), broken(/2147483648/)),
  row('announces 4 GiB of clipboard', small(cutText(zeros(0), 0xffffffff)), broken(/4294967295/)),
  row('announces an extended clipboard', small(cutText(zeros(0), -12)), broken(/4294967284/)),
  row('pads its clipboard with rubbish', small(hex('03 ffffff 00000001 78'), whole), [8, 8]),
  row('drips its clipboard', small(hex('03 000000'), u32(4000), drip(text('x'))), late),
  row('hangs up in its clipboard', small(cutText(text('x'), 40), end), lost),
  row('sends clipboards for ever', small({ flood: cutText(text('x')) }), broken(/1000 messages/)),
  row(
    'sends the largest clipboards for ever',
    small({ flood: cutText(zeros(262_144)) }),
    broken(/more than 201326592 bytes/),
  ),
  row('sets a colour map', small(colours('0000', '0002', 12), whole), [8, 8]),
  row('sets an empty colour map', small(colours('0000', '0000', 0), whole), [8, 8]),
  row('sets a colour map past its end', small(colours('ffff', 'ffff', 393_210), whole), [8, 8]),
  row('sets one colour too few', small(colours('0000', '0003', 12)), late),
  row('sends colour maps for ever', small({ flood: colours('0000', '0001', 6) }), broken(/1000 m/)),
  row(
    'sends the largest colour maps for ever',
    small({ flood: colours('0000', 'ffff', 393_210) }),
    broken(/more than 201326592 bytes/),
  ),
  row('never sends its picture', small(), late),
  row('never sends the second half', small(update([raw([0, 0, 8, 4])]), hear(10)), late),
  row('sends bell after bell, slowly', small(drip(BELL)), late),
  row('sends empty updates, slowly', small(drip(update([]))), late),
  row('hangs up within a message', small(hex('01 00 00'), end), lost),
];
