/** How many columns a text takes on the screen. */
export type MeasureWidth = (text: string) => number;

/** For languages of narrow letters: a column each. */
export const measureNarrow: MeasureWidth = (text) => text.length;

/** Wide characters need tables, which cost as much to load as the rest of a help page. */
export async function loadMeasureWidth(hasWideText: boolean): Promise<MeasureWidth> {
  return hasWideText ? (await import('string-width')).default : measureNarrow;
}
