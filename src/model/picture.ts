/** A picture: one number 0xRRGGBB for each pixel, row after row. */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: Uint32Array;
}
