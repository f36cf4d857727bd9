/** The content of one of our files. */
export type Entries = Readonly<Record<string, unknown>>;

/** Whether a value out of JSON is an object, and neither a list nor null. */
export function isEntries(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
