/** A title before a text on the same line; a full-width colon needs no blank. */
export function label(title: string): string {
  return title.endsWith('：') ? title : `${title} `;
}
