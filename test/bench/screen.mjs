// An X server whose screen can be read without a request: Xvfb keeps it in a file (xwd format, XWDFile.h).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endLater, folder } from './programs.mjs';

const POLL_MS = 2;
const LIMIT_MS = 30_000;
const BYTES_PER_PIXEL = 4;
let displays = process.pid * 4;

/**
 * Picks a display number. A server that picks one itself does not see abstract sockets in other network namespaces and
 * would delete the socket file of a server there.
 */
export function pickDisplay() {
  displays += 1;
  return `:${10_000 + (displays % 40_000)}`;
}

/**
 * @param prefix - Command prefix for the X server, such as `ip netns exec`.
 * @returns its display, and `showing`, which resolves once the pixels around the centre have a colour.
 */
export async function openScreen({ prefix = [], widthPx = 1600, heightPx = 1000 }) {
  const place = path.join(folder, `screen-${Date.now()}`);
  await mkdir(place);
  const geometry = `${widthPx}x${heightPx}x24`;
  const display = pickDisplay();
  const look = ['-screen', '0', geometry, '-fbdir', place];
  const argv = ['Xvfb', display, '-displayfd', '3', ...look, '-noreset', '-nolisten', 'tcp'];
  const [file, ...rest] = [...prefix, ...argv];
  const child = endLater(spawn(file, rest, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }));
  await once(child.stdio[3], 'data');
  const picture = openSync(path.join(place, 'Xvfb_screen0'), 'r');
  child.once('exit', () => closeSync(picture));
  const header = Buffer.alloc(100);
  readSync(picture, header, 0, header.length, 0);
  // header_size, bytes_per_line and ncolors, big-endian; 12 bytes for each colour follow the header.
  const pixelsAt = header.readUInt32BE(0) + header.readUInt32BE(76) * 12;
  const [bytesPerLine, pixel] = [header.readUInt32BE(48), Buffer.alloc(BYTES_PER_PIXEL)];

  function colourAt(xPx, yPx) {
    const position = pixelsAt + yPx * bytesPerLine + xPx * BYTES_PER_PIXEL;
    readSync(picture, pixel, 0, BYTES_PER_PIXEL, position);
    return pixel.readUInt32LE(0) & 0xffffff;
  }
  const isShown = (colour) =>
    [0.4, 0.45, 0.5].every(
      (part) => colourAt(Math.round(widthPx * part), Math.round(heightPx * part)) === colour,
    );

  return {
    display,
    async showing(colour, isWanted = true, limitMs = LIMIT_MS) {
      const startedAt = performance.now();
      while (isShown(colour) !== isWanted) {
        if (performance.now() - startedAt > limitMs) {
          throw new Error(isWanted ? 'the desktop never came' : 'the desktop never went');
        }
        await sleep(POLL_MS);
      }
    },
  };
}
