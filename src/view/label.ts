/** What is written before a text on the same line; a full-width colon brings its own blank. */
export function label(title: string): string {
  return title.endsWith('：') ? title : `${title} `;
}
