import {
  copy,
  desk,
  hear,
  hex,
  join,
  lastRect,
  raw,
  rectangle,
  resize,
  update,
  zeros,
} from '../rfb-parts.js';
import {
  ALL,
  broken,
  end,
  late,
  lost,
  type RfbCase,
  reset,
  row,
  small,
  whole,
} from './rfb-case.js';

const nothing = raw([0, 0, 0, 0]);
const times = (count: number, bytes: Buffer): Buffer[] => Array(count).fill(bytes);
/** In place of FramebufferUpdate's own length, an empty rectangle at a place. */
const at = (x: number, y: number) => update([rectangle([x, y, 0, 0], 0)]);

/** Encodings that other clients ask for; we did not. */
const UNASKED = [
  ['RRE', 2],
  ['CoRRE', 4],
  ['Hextile', 5],
  ['Tight', 7],
  ['TRLE', 15],
  ['a cursor', -239],
  ['an X cursor', -240],
  ['a larger desktop', -308],
  ['an unknown encoding', 0x7fffffff],
  ['the lowest encoding', -0x80000000],
] as const;

export const RECTANGLES: readonly RfbCase[] = [
  row('sends nothing, then all', small(update([]), hear(10), whole), [8, 8]),
  row(
    'sends halves in two updates',
    small(update([raw([0, 0, 8, 4])]), hear(10), update([raw([0, 4, 8, 4])])),
    [8, 8],
  ),
  row(
    'sends empty rectangles',
    small(update([raw([8, 8, 0, 0]), raw([0, 0, 0, 8]), raw(ALL)])),
    [8, 8],
  ),
  row('sends 65534 empty ones first', small(update([...times(65_534, nothing), raw(ALL)])), [8, 8]),
  row('sends empty updates for ever', small({ flood: update([]) }), broken(/1000 messages/)),
  row(
    'sends 65535 empty rectangles for ever',
    small({ flood: update(times(65_535, nothing)) }),
    broken(/1000000 rectangles/),
  ),
  row(
    'copies nothing, over its whole height, for ever',
    [...desk(1, 16_384), { flood: update(times(65_535, copy([0, 0, 0, 16_384], 0, 0))) }],
    broken(/1000000 rectangles/),
  ),
  row('leaves one pixel out', small(update([raw([0, 0, 8, 7]), raw([0, 7, 7, 1])])), late),
  row('is one too far right', small(update([rectangle([1, 0, 8, 8], 0)])), broken(/8×8\+1\+0/)),
  row('is one too low', small(update([rectangle([0, 1, 8, 8], 0)])), broken(/8×8\+0\+1/)),
  row('is one pixel too wide', small(update([rectangle([0, 0, 9, 8], 0)])), broken(/9×8/)),
  row('is one pixel too high', small(update([rectangle([0, 0, 8, 9], 0)])), broken(/8×9/)),
  row('is empty, and right of it', small(at(9, 0)), broken(/0×0\+9\+0/)),
  row('is empty, and below it', small(at(0, 9)), broken(/0×0\+0\+9/)),
  row('is empty, and far away', small(at(65_535, 65_535)), broken(/outside/)),
  row('wraps at 16 bits', small(update([rectangle([65_535, 0, 2, 1], 0)])), broken(/outside/)),
  row('wraps downwards', small(update([rectangle([0, 65_535, 1, 2], 0)])), broken(/outside/)),
  row('has its sides mixed up', small(update([rectangle([0, 0, 64, 1], 0)])), broken(/64×1/)),
  row('paints four times over', small(update(times(4, raw(ALL)))), [8, 8]),
  row('paints five times over', small(update(times(5, raw(ALL)))), broken(/too often/)),
  row(
    'copies itself for ever',
    small(update([raw([0, 0, 8, 7]), ...times(65_000, copy([0, 0, 8, 7], 0, 0))])),
    broken(/too often/),
  ),
  row('ends with LastRect', small(update([raw(ALL), lastRect()], 65_535)), [8, 8]),
  row('ends at once with LastRect', small(update([lastRect()], 65_535), hear(10), whole), [8, 8]),
  row('ends with a LastRect it counted', small(update([raw(ALL), lastRect()], 2)), [8, 8]),
  row(
    'ends with a LastRect that lies',
    small(update([raw(ALL), rectangle([9, 9, 9, 9], -224)], 9)),
    [8, 8],
  ),
  row(
    'goes on after LastRect',
    small(update([lastRect(), raw(ALL)], 65_535), hear(10), whole),
    broken(/encoding 1431655765/),
  ),
  row('counts 65535 and sends one', small(update([raw(ALL)], 65_535)), late),
  ...UNASKED.map(([name, encoding]) =>
    row(
      `uses ${name}, which nobody asked for`,
      small(update([rectangle(ALL, encoding)])),
      broken(new RegExp(`encoding ${encoding},`)),
    ),
  ),
  row('copies', small(update([raw([0, 0, 8, 4]), copy([0, 4, 8, 4], 0, 0)])), [8, 8]),
  row('copies onto itself', small(update([raw(ALL), copy([0, 1, 8, 7], 0, 0)])), [8, 8]),
  row('copies to where it is', small(update([raw(ALL), copy(ALL, 0, 0)])), [8, 8]),
  row('copies from outside', small(update([raw(ALL), copy(ALL, 1, 0)])), broken(/outside/)),
  row('copies from below', small(update([raw(ALL), copy(ALL, 0, 1)])), broken(/outside/)),
  row(
    'copies from far outside',
    small(update([raw(ALL), copy([0, 0, 1, 1], 65_535, 65_535)])),
    broken(/outside/),
  ),
  row(
    'copies nothing from outside',
    small(update([copy([0, 0, 0, 0], 9, 9)])),
    broken(/0×0\+9\+9/),
  ),
  row(
    'copies from where nothing is',
    small(update([copy([0, 0, 4, 8], 4, 0)])),
    broken(/never painted/),
  ),
  row(
    'copies from before it changed its size',
    small(update([raw(ALL), resize(8, 8), copy([0, 0, 4, 8], 4, 0)])),
    broken(/never painted/),
  ),
  row('copies from half a place', small(update([rectangle([0, 0, 1, 1], 1, hex('0000'))])), late),
  row('grows', small(update([resize(9, 9)]), hear(10), update([raw([0, 0, 9, 9])])), [9, 9]),
  row('keeps its size', small(update([raw(ALL), resize(8, 8)]), hear(10), whole), [8, 8]),
  row(
    'shrinks between rectangles',
    small(update([raw(ALL), resize(4, 4), raw([0, 0, 4, 4])])),
    [4, 4],
  ),
  row(
    'shrinks and paints as before',
    small(update([resize(4, 4), rectangle(ALL, 0)])),
    broken(/outside/),
  ),
  row('shrinks to nothing', small(update([resize(0, 0)])), broken(/0×0/)),
  row('grows beyond measure', small(update([resize(16_384, 16_384)])), broken(/16384/)),
  row('grows by one beyond 8K', small(update([resize(7680, 4321)])), broken(/7680×4321/)),
  row(
    'changes its size eight times',
    small(update([...times(7, resize(7680, 4320)), resize(8, 8), raw(ALL)])),
    [8, 8],
  ),
  row(
    'changes its size nine times',
    small(update([...times(8, resize(7680, 4320)), resize(8, 8), raw(ALL)])),
    broken(/resizes too often/),
  ),
  row(
    'changes its size for ever',
    small({ flood: update([resize(4096, 4096)]) }),
    broken(/resizes too often/),
  ),
  row('sends fewer pixels than promised', small(update([raw(ALL, zeros(255))])), late),
  row(
    'sends more pixels than promised',
    small(update([raw([0, 0, 8, 4], Buffer.alloc(129, 0x55)), raw([0, 4, 8, 4])])),
    broken(/encoding 67108864/),
  ),
  row('ends in the middle of a rectangle', small(update([raw(ALL, zeros(100))]), end), lost),
  row('resets in the middle of a head', small(hex('00 00 0001 0000 00'), reset), lost),
  row('says more after the picture', small(join(whole, whole, whole)), [8, 8]),
  row('is 3×2 and paints 2×3', [...desk(3, 2), update([raw([0, 0, 2, 3])])], broken(/2×3/)),
];
