import type { RawInput } from '../../commands/command.js';
import { oneOf } from '../../commands/options.js';
import { DeskError } from '../../errors/desk-error.js';

export const FORMATS = ['table', 'json', 'tsv', 'name', 'env'] as const;

export type Format = (typeof FORMATS)[number];

/** Output format and field selection. */
export interface OutputOptions {
  /** Undefined: a table on a terminal, else TSV. */
  readonly format: Format | undefined;
  readonly fields: readonly string[] | undefined;
  readonly field: string | undefined;
}

/** @throws usage.invalidValue, usage.conflict */
export function readOutputOptions(input: Pick<RawInput, 'text' | 'has'>): OutputOptions {
  const output = input.text('--output');
  const named = output === undefined ? undefined : oneOf('--output', output, FORMATS);
  const isJson = input.has('--json');
  if (isJson && named !== undefined && named !== 'json') {
    throw new DeskError('usage.conflict', { first: '--json', second: `-o ${named}` });
  }
  const fields = input.text('--fields')?.split(',').filter(Boolean);
  if (fields?.length === 0) throw new DeskError('usage.missingValue', { option: '--fields' });
  const field = input.text('--field');
  return { format: isJson ? 'json' : named, fields, field };
}

/** Whether a field of the result is going to be printed. */
export function showsField({ format, fields, field }: OutputOptions, name: string): boolean {
  if (field !== undefined) return field === name;
  return fields?.includes(name) ?? format !== 'name';
}
