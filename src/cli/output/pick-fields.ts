type Record = { readonly [key: string]: unknown };

/** The value at a dotted path; for a list, that of each element. */
export function readField(result: unknown, field: string): unknown {
  if (Array.isArray(result)) return result.map((element) => readField(element, field));
  return field
    .split('.')
    .reduce((value, key) => (isRecord(value) ? ownValue(value, key) : undefined), result);
}

/** Only these fields of a record or of each record of a list; dotted ones keep their objects around them. */
export function pickFields(result: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(result)) return result.map((element) => pickFields(element, fields));
  const heads = new Set(fields.map((field) => field.split('.', 1)[0] as string));
  const entries = [...heads].map((head) => {
    const tails = fields
      .filter((field) => field.startsWith(`${head}.`))
      .map((field) => field.slice(head.length + 1));
    const value = readField(result, head);
    const isWhole = tails.length === 0 || fields.includes(head) || !isRecord(value);
    return [head, (isWhole ? value : pickFields(value, tails)) ?? null] as const;
  });
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Record {
  return typeof value === 'object' && value !== null;
}

function ownValue(record: Record, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
