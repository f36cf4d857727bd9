/** The content of one of our files. */
export type Entries = Readonly<Record<string, unknown>>;

/** The largest file that is read; more than this was not written by us. */
export const MAX_BYTES = 1024 * 1024;

/** Whether a value out of JSON is an object, and neither a list nor null. */
export function isEntries(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
