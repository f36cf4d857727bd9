import type { Picture } from '../../../src/model/picture.js';

/** How many pixels differ; all of them if the sizes differ. */
export function countDifferences(one: Picture, other: Picture): number {
  if (one.widthPx !== other.widthPx || one.heightPx !== other.heightPx) return one.pixels.length;
  let differences = 0;
  for (let index = 0; index < one.pixels.length; index += 1) {
    if (one.pixels[index] !== other.pixels[index]) differences += 1;
  }
  return differences;
}
