import { greet, hear, hex, join, serverInit, spoken, text, u32, zeros } from '../rfb-parts.js';
import {
  broken,
  denied,
  drip,
  end,
  late,
  lockedOut,
  lost,
  type RfbCase,
  row,
  whole,
} from './rfb-case.js';

const offer = (...types: readonly number[]) => Buffer.from([types.length, ...types]);
const challenge = Buffer.alloc(16, 7);
/** ClientInit and all that follows. */
const letsIn = [hear(1), serverInit(8, 8), hear(54), whole];
/** A list with None alone or first, chosen. */
const openDoor = [...greet(), offer(1), hear(1)];
/** The password was asked for and heard. */
const asked = [...greet(), offer(2), hear(1), challenge, hear(16)];
const asked33 = [...greet('003.003'), u32(2), challenge, hear(16)];
const nobody = [...greet(), hex('00')];

export const SECURITY: readonly RfbCase[] = [
  row('takes nobody', [...nobody, spoken('Too many security failures')], lockedOut(/^Too many/)),
  row('takes nobody and gives an empty reason', [...nobody, spoken('')], lockedOut(/^$/)),
  row('takes nobody for a reason of one byte', [...nobody, spoken('x')], lockedOut(/^x$/)),
  row('talks for 4 KiB', [...nobody, spoken('x'.repeat(4096))], lockedOut(/^x{4096}$/)),
  row('announces a reason of 4 KiB and one', [...nobody, u32(4097)], broken(/4097/)),
  row('announces a reason of 2 GiB', [...nobody, u32(0x80000000)], broken(/2147483648/)),
  row('announces a reason of 4 GiB', [...nobody, u32(0xffffffff)], broken(/4294967295/)),
  row('drips its reason', [...nobody, u32(400), drip(text('x'))], late),
  row('hangs up in the middle of its reason', [...nobody, spoken('go', 400), end], lost),
  row('gives a reason that is no UTF-8', [...nobody, spoken(hex('ff fe'))], lockedOut(/\ufffd/)),
  row(
    'gives a reason with escape sequences',
    [...nobody, spoken('\x1b]52;c;eA==\x07')],
    lockedOut(/52;c/),
  ),
  row(
    'offers 255 types and none of ours',
    [...greet(), Buffer.from([255, ...Array(255).fill(77)])],
    broken(/77/),
  ),
  row(
    'offers 255 types, of which the last is ours',
    [...greet(), offer(...Array(254).fill(77), 1), hear(1), u32(0), ...letsIn],
    [8, 8],
  ),
  row('announces more types than it sends', [...greet(), hex('ff 01')], late),
  row('offers the type 0', [...greet(), offer(0)], broken(/types: 0$/)),
  row('offers only Tight and VeNCrypt', [...greet(), offer(16, 19)], broken(/16, 19/)),
  row(
    'offers None among others, twice',
    [...greet(), offer(19, 1, 1), hear(1), u32(0), ...letsIn],
    [8, 8],
  ),
  row('wants a password that we do not have', [...greet(), offer(2)], denied),
  row('wants it twice', [...greet(), offer(2, 2)], denied),
  row(
    'offers both, and we have no password',
    [...greet(), offer(2, 1), hear(1), u32(0), ...letsIn],
    [8, 8],
  ),
  row(
    'offers both, and we have a password',
    [...greet(), offer(1, 2), hear(1), challenge, hear(16), u32(0), ...letsIn],
    [8, 8],
    'secret',
  ),
  row('takes a password that is no ASCII', [...asked, u32(0), ...letsIn], [8, 8], '密码🔑'),
  row('takes an empty password', [...asked, u32(0), ...letsIn], [8, 8], ''),
  row('refuses the password', [...asked, u32(1), spoken('no')], denied, 'secret'),
  row('refuses the password without a reason', [...asked, u32(1)], denied, 'secret'),
  row('refuses the password, then takes it', [...asked, u32(1), u32(0)], denied, 'secret'),
  row(
    'has had too many tries',
    [...asked, u32(2), spoken('slow down')],
    lockedOut(/slow down/),
    'secret',
  ),
  row('has had too many tries, and hangs up', [...asked, u32(2), end], lost, 'secret'),
  row(
    'has had too many tries, for 4 GiB of reasons',
    [...asked, u32(2), u32(0xffffffff)],
    broken(/4294967295/),
    'secret',
  ),
  row('answers with an unknown result', [...asked, u32(0xffffffff)], denied, 'secret'),
  row('says more than its result', [...asked, u32(0), u32(0), ...letsIn], broken(/0×0/), 'secret'),
  row('sends half a challenge', [...greet(), offer(2), hear(1), zeros(8)], late, 'secret'),
  row(
    'hangs up after half a challenge',
    [...greet(), offer(2), hear(1), zeros(8), end],
    lost,
    'secret',
  ),
  row('never sends its result', openDoor, late),
  row('refuses None with a reason', [...openDoor, u32(1), spoken('go away')], lockedOut(/go away/)),
  row('refuses None with an empty reason', [...openDoor, u32(1), u32(0)], lockedOut(/^$/)),
  row(
    'speaks 3.3 and takes nobody',
    [...greet('003.003'), u32(0), spoken('locked')],
    lockedOut(/locked/),
  ),
  row('speaks 3.3 and lets all in', [...greet('003.003'), u32(1), ...letsIn], [8, 8]),
  row('speaks 3.3 and wants a password', [...asked33, u32(0), ...letsIn], [8, 8], 'secret'),
  row('speaks 3.3 and refuses the password', [...asked33, u32(1)], denied, 'secret'),
  row(
    'speaks 3.3 and has had too many tries',
    [...asked33, u32(2)],
    lockedOut(/too many/),
    'secret',
  ),
  row('speaks 3.3 and demands an unknown type', [...greet('003.003'), u32(99)], broken(/99/)),
  row('speaks 3.3 and demands 4 GiB', [...greet('003.003'), u32(0xffffffff)], broken(/4294967295/)),
  row('speaks 3.6, which is 3.3', [...greet('003.006'), u32(1), ...letsIn], [8, 8]),
  row(
    'speaks 3.7, where None has no result',
    [...greet('003.007'), offer(1), hear(1), ...letsIn],
    [8, 8],
  ),
  row(
    'speaks 3.7 and takes nobody',
    [...greet('003.007'), hex('00'), spoken('full')],
    lockedOut(/full/),
  ),
  row(
    'speaks 3.7 and refuses the password',
    [...greet('003.007'), offer(2), hear(1), challenge, hear(16), u32(1)],
    denied,
    'secret',
  ),
  row(
    'sends its result before it was chosen',
    [...greet(), join(offer(1), u32(0)), hear(1), ...letsIn],
    [8, 8],
  ),
];
