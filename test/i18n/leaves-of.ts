export interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

/** The leaves of a catalogue with the path to each. */
export function leavesOf(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${path}.${key}`));
}

/** The path and type of each leaf. */
export function shapeOf(catalogue: unknown): readonly string[] {
  return leavesOf(catalogue).map(({ path, value }) => `${path}: ${typeof value}`);
}
