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
/** ClientInit and everything after it. */
const letsIn = [hear(1), serverInit(8, 8), hear(54), whole];
/** None is offered and selected. */
const openDoor = [...greet(), offer(1), hear(1)];
/** The challenge is sent and the response received. */
const asked = [...greet(), offer(2), hear(1), challenge, hear(16)];
const asked33 = [...greet('003.003'), u32(2), challenge, hear(16)];
const nobody = [...greet(), hex('00')];

export const SECURITY: readonly RfbCase[] = [
  row(
    'offers no types, with a reason',
    [...nobody, spoken('Too many security failures')],
    lockedOut(/^Too many/),
  ),
  row('offers no types, with an empty reason', [...nobody, spoken('')], lockedOut(/^$/)),
  row('offers no types, with a 1-byte reason', [...nobody, spoken('x')], lockedOut(/^x$/)),
  row(
    'offers no types, with a 4 KiB reason',
    [...nobody, spoken('x'.repeat(4096))],
    lockedOut(/^x{4096}$/),
  ),
  row('announces a reason of 4 KiB + 1 byte', [...nobody, u32(4097)], broken(/4097/)),
  row('announces a reason of 2 GiB', [...nobody, u32(0x80000000)], broken(/2147483648/)),
  row('announces a reason of 4 GiB', [...nobody, u32(0xffffffff)], broken(/4294967295/)),
  row('sends its reason slowly', [...nobody, u32(400), drip(text('x'))], late),
  row('closes in the middle of its reason', [...nobody, spoken('go', 400), end], lost),
  row('gives a reason that is not UTF-8', [...nobody, spoken(hex('ff fe'))], lockedOut(/\ufffd/)),
  row(
    'gives a reason with escape sequences',
    [...nobody, spoken('\x1b]52;c;eA==\x07')],
    lockedOut(/52;c/),
  ),
  row(
    'offers 255 unknown types',
    [...greet(), Buffer.from([255, ...Array(255).fill(77)])],
    broken(/77/),
  ),
  row(
    'offers 255 types, of which the last is None',
    [...greet(), offer(...Array(254).fill(77), 1), hear(1), u32(0), ...letsIn],
    [8, 8],
  ),
  row('announces more types than it sends', [...greet(), hex('ff 01')], late),
  row('offers type 0', [...greet(), offer(0)], broken(/types: 0$/)),
  row('offers only Tight and VeNCrypt', [...greet(), offer(16, 19)], broken(/16, 19/)),
  row(
    'offers None twice, after VeNCrypt',
    [...greet(), offer(19, 1, 1), hear(1), u32(0), ...letsIn],
    [8, 8],
  ),
  row('requires a password that is not given', [...greet(), offer(2)], denied),
  row('offers VNC Authentication twice', [...greet(), offer(2, 2)], denied),
  row(
    'offers None and VNC Authentication, without a password given',
    [...greet(), offer(2, 1), hear(1), u32(0), ...letsIn],
    [8, 8],
  ),
  row(
    'offers None and VNC Authentication, with a password given',
    [...greet(), offer(1, 2), hear(1), challenge, hear(16), u32(0), ...letsIn],
    [8, 8],
    'secret',
  ),
  row('accepts a non-ASCII password', [...asked, u32(0), ...letsIn], [8, 8], '密码🔑'),
  row('accepts an empty password', [...asked, u32(0), ...letsIn], [8, 8], ''),
  row('rejects the password', [...asked, u32(1), spoken('no')], denied, 'secret'),
  row('rejects the password without a reason', [...asked, u32(1)], denied, 'secret'),
  row('rejects the password, then accepts it', [...asked, u32(1), u32(0)], denied, 'secret'),
  row(
    'fails with too many attempts',
    [...asked, u32(2), spoken('slow down')],
    lockedOut(/slow down/),
    'secret',
  ),
  row('fails with too many attempts and closes', [...asked, u32(2), end], lost, 'secret'),
  row(
    'fails with too many attempts and a 4 GiB reason',
    [...asked, u32(2), u32(0xffffffff)],
    broken(/4294967295/),
    'secret',
  ),
  row('sends an unknown SecurityResult', [...asked, u32(0xffffffff)], denied, 'secret'),
  row('sends SecurityResult twice', [...asked, u32(0), u32(0), ...letsIn], broken(/0×0/), 'secret'),
  row('sends half a challenge', [...greet(), offer(2), hear(1), zeros(8)], late, 'secret'),
  row(
    'closes after half a challenge',
    [...greet(), offer(2), hear(1), zeros(8), end],
    lost,
    'secret',
  ),
  row('never sends SecurityResult', openDoor, late),
  row('rejects None with a reason', [...openDoor, u32(1), spoken('go away')], lockedOut(/go away/)),
  row('rejects None with an empty reason', [...openDoor, u32(1), u32(0)], lockedOut(/^$/)),
  row(
    'uses 3.3 and fails with a reason',
    [...greet('003.003'), u32(0), spoken('locked')],
    lockedOut(/locked/),
  ),
  row('uses 3.3 and None', [...greet('003.003'), u32(1), ...letsIn], [8, 8]),
  row('uses 3.3 and VNC Authentication', [...asked33, u32(0), ...letsIn], [8, 8], 'secret'),
  row('uses 3.3 and rejects the password', [...asked33, u32(1)], denied, 'secret'),
  row(
    'uses 3.3 and fails with too many attempts',
    [...asked33, u32(2)],
    lockedOut(/too many/),
    'secret',
  ),
  row('uses 3.3 and an unknown type', [...greet('003.003'), u32(99)], broken(/99/)),
  row('uses 3.3 and type 4294967295', [...greet('003.003'), u32(0xffffffff)], broken(/4294967295/)),
  row('uses 3.6, which is treated as 3.3', [...greet('003.006'), u32(1), ...letsIn], [8, 8]),
  row(
    'uses 3.7, where None has no SecurityResult',
    [...greet('003.007'), offer(1), hear(1), ...letsIn],
    [8, 8],
  ),
  row(
    'uses 3.7 and fails with a reason',
    [...greet('003.007'), hex('00'), spoken('full')],
    lockedOut(/full/),
  ),
  row(
    'uses 3.7 and rejects the password',
    [...greet('003.007'), offer(2), hear(1), challenge, hear(16), u32(1)],
    denied,
    'secret',
  ),
  row(
    'sends SecurityResult before a type is selected',
    [...greet(), join(offer(1), u32(0)), hear(1), ...letsIn],
    [8, 8],
  ),
];
