/** How many columns a text takes on the screen. */
export type MeasureWidth = (text: string) => number;

/** For languages of narrow letters: a column each; the Chinese words in what is to be typed are of the common ones. */
export const measureNarrow: MeasureWidth = (text) =>
  text.length + (text.match(/[\u2e80-\ua4cf\uf900-\ufaff\uff01-\uff60]/g)?.length ?? 0);

/** Wide characters need tables, which cost as much to load as the rest of a help page. */
export async function loadMeasureWidth(hasWideText: boolean): Promise<MeasureWidth> {
  return hasWideText ? (await import('string-width')).default : measureNarrow;
}
