import { connect } from 'node:net';
import { afterAll, afterEach, expect, test } from 'vitest';
import { formatEndpoint } from '../../../src/model/endpoint.js';
import type { Picture } from '../../../src/model/picture.js';
import { createByteReader } from '../../../src/transport/rfb/byte-reader.js';
import { captureFrame } from '../../../src/transport/rfb/capture.js';
import { shakeHands } from '../../../src/transport/rfb/handshake.js';
import { COPY_RECT, RAW, ZRLE } from '../../../src/transport/rfb/messages.js';
import { IS_DEEP } from '../../helpers/deep.js';
import { printCount } from '../../helpers/print-count.js';
import { readXwd } from '../../helpers/read-xwd.js';
import { describeWith } from '../../helpers/real-components.js';
import { startXvnc, type TestXvnc } from '../../helpers/start-xvnc.js';
import { countDifferences } from './count-differences.js';
import { randomTile } from './random-tile.js';
import { type Random, seededRandom } from './seeded-random.js';
import { openXPainter, type XPainter } from './x-painter.js';

/** Xvnc has no depth 8. At every depth the client requests 32 bits per pixel. */
const DESKTOPS = [
  { depth: 24, width: 1, height: 1, looks: 1 },
  { depth: 16, width: 1, height: 67, looks: 2 },
  { depth: 24, width: 63, height: 65, looks: 2 },
  { depth: 32, width: 129, height: 31, looks: 2 },
  { depth: 16, width: 333, height: 201, looks: 2 },
  { depth: 24, width: 333, height: 201, looks: 2 },
  { depth: 32, width: 257, height: 191, looks: 2 },
  { depth: 24, width: 799, height: 601, looks: 1 },
  { depth: 16, width: 1366, height: 768, looks: 1 },
  { depth: 24, width: 4096, height: 2160, looks: 1 },
];
const TIMES = IS_DEEP ? 10 : 1;
const LOOKED_WITH = [[RAW], [ZRLE, COPY_RECT, RAW]] as const;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const allLooks = DESKTOPS.reduce((sum, { looks }) => sum + looks * TIMES, 0);
const comparisons = allLooks * LOOKED_WITH.length;

describeWith(['Xvnc', 'xwd'], `${comparisons} pictures of a real Xvnc`, () => {
  afterAll(() => printCount('screenshots of a real Xvnc compared with xwd', comparisons));

  test.each(DESKTOPS)(
    'of depth $depth and $width×$height equal those of xwd',
    async ({ depth, width, height, looks }) => {
      const xvnc = await startXvnc({ geometry: `${width}x${height}`, depth });
      closers.push(xvnc.close);
      const painter = await openXPainter(xvnc.target.port - 5900);
      closers.push(painter.close);
      const random = seededRandom(depth * width * height);
      for (let look = 0; look < looks * TIMES; look += 1) {
        paint(random, painter, width, height);
        await painter.settled();
        const truth = readXwd(await xvnc.runClient('xwd', '-root', '-silent'));
        for (const encodings of LOOKED_WITH) {
          const picture = await captureWith(xvnc, encodings);
          expect(countDifferences(picture, truth), `look ${look}, ${encodings}`).toBe(0);
        }
      }
    },
  );
});

/** Draws areas like tiles of every kind, at random positions; the first in the corner. */
function paint(random: Random, painter: XPainter, width: number, height: number): void {
  const count = Math.min(200, 1 + Math.ceil((width * height) / 2_000));
  for (let index = 0; index < count; index += 1) {
    const [x, y] = index === 0 ? [0, 0] : [random.below(width), random.below(height)];
    const [right, lower] = [Math.min(width, x + 90), Math.min(height, y + 90)];
    const tile = randomTile(random, right - x, lower - y);
    painter.put(x, y, right - x, lower - y, tile.pixels);
  }
}

/** Captures a picture with the given encodings. */
async function captureWith({ target }: TestXvnc, encodings: readonly number[]): Promise<Picture> {
  const socket = connect(target);
  closers.push(() => socket.destroy());
  const name = formatEndpoint(target);
  const reader = createByteReader(socket, name);
  const greeted = await shakeHands({
    stream: socket,
    reader,
    target: name,
    password: undefined,
    onSecured() {},
  });
  const picture = await captureFrame({ stream: socket, reader, ...greeted, encodings });
  socket.destroy();
  return picture;
}
