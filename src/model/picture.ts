/** Row-major pixels, 0xRRGGBB. */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: Uint32Array;
}
