import type { Picture } from '../../../src/model/picture.js';
import {
  cutText,
  hex,
  join,
  lastRect,
  raw,
  resize,
  serverInit,
  spoken,
  text,
  update,
} from '../rfb-parts.js';
import { bareCanvas, type Canvas, type Encoding, rectangleMaker } from './random-rectangle.js';
import type { Area, Size } from './reference-operations.js';
import { type Random, seededRandom } from './seeded-random.js';

export interface RandomStream {
  /** From the greeting to ServerInit. */
  readonly opening: Buffer;
  readonly initial: Size;
  /** What follows, up to the last pixel of the picture. */
  readonly messages: Buffer;
  /** What it is meant to show. */
  readonly meant: Picture;
  readonly counts: Readonly<Record<Encoding, number>>;
}

/** What a server may prefer, in both byte orders; the client asks for its own. */
const NATIVE_FORMATS = [
  '20 18 00 01 00ff 00ff 00ff 10 08 00 000000',
  '20 18 01 01 00ff 00ff 00ff 10 08 00 000000',
  '10 10 00 01 001f 003f 001f 0b 05 00 000000',
  '10 10 01 01 001f 003f 001f 0b 05 00 000000',
  '08 08 00 01 0007 0007 0003 00 03 06 000000',
];

/** Between two updates: a bell, a clipboard, a colour map, nothing. */
const ASIDES = [hex('02'), cutText(text('words')), hex('01 00 0000 0001 ffff 0000 8000'), hex('')];

/** A stream as a server of this size may send it: random rectangles in random order, all of the desktop in the end. */
export function randomStream(seed: number, size: Size): RandomStream {
  const random = seededRandom(seed);
  const make = rectangleMaker(random);
  const counts = { raw: 0, copy: 0, zrle: 0 };
  const draw = (on: Canvas, area: Area) => {
    const [encoding, bytes] = make(on, area, random.pick(['raw', 'copy', 'copy', 'zrle', 'zrle']));
    counts[encoding] += 1;
    return bytes;
  };

  const canvas = bareCanvas(size);
  const isResized = random.chance(0.2);
  const initial = isResized
    ? { width: random.between(1, 90), height: random.between(1, 90) }
    : size;
  const updates: Buffer[][] = [[]];
  if (isResized) {
    const old = bareCanvas(initial);
    updates[0]?.push(draw(old, partOf(random, { x: 0, y: 0, ...initial })));
    updates[0]?.push(resize(size.width, size.height));
  }

  const places = shuffled(random, split(random, { x: 0, y: 0, ...size }, random.between(0, 5)));
  // Large desktops are painted little more than once, for the sake of time.
  let againPixels = Math.min(2.5 * size.width * size.height, 500_000);
  places.forEach((place, index) => {
    if (random.chance(0.3)) updates.push([]);
    const rectangles = updates.at(-1) as Buffer[];
    rectangles.push(draw(canvas, place));
    if (random.chance(0.2)) rectangles.push(raw([random.below(size.width), 0, 0, 1]));
    // A part of what was painted already, so that the desktop is not whole before its time.
    const again = partOf(random, places[random.below(index + 1)] as Area);
    againPixels -= again.width * again.height;
    if (againPixels >= 0 && random.chance(0.6)) rectangles.push(draw(canvas, again));
  });

  const format = random.pick(NATIVE_FORMATS);
  return {
    initial,
    opening: join(
      hex('52464220 3030332e 3030380a 01 01 00000000'),
      serverInit(initial.width, initial.height, spoken('random'), format),
    ),
    messages: join(
      ...updates.flatMap((rectangles) => [
        random.pick(ASIDES),
        random.chance(0.3) ? update([...rectangles, lastRect()], 65_535) : update(rectangles),
      ]),
    ),
    meant: { widthPx: size.width, heightPx: size.height, pixels: canvas.pixels },
    counts,
  };
}

/** Cuts an area in two, and its parts again. */
function split(random: Random, area: Area, depth: number): Area[] {
  const isUpright = random.chance(0.5);
  const length = isUpright ? area.width : area.height;
  if (depth === 0 || length < 2) return [area];
  const cut = random.between(1, length - 1);
  const [one, other]: [Area, Area] = isUpright
    ? [
        { ...area, width: cut },
        { ...area, x: area.x + cut, width: area.width - cut },
      ]
    : [
        { ...area, height: cut },
        { ...area, y: area.y + cut, height: area.height - cut },
      ];
  return [...split(random, one, depth - 1), ...split(random, other, depth - 1)];
}

function partOf(random: Random, area: Area): Area {
  const width = random.between(1, area.width);
  const height = random.between(1, area.height);
  return {
    x: area.x + random.between(0, area.width - width),
    y: area.y + random.between(0, area.height - height),
    width,
    height,
  };
}

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  return items
    .map((item) => [random.below(2 ** 30), item] as const)
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item);
}
