import { allFields, type Command } from '../../commands/command.js';
import { DeskError } from '../../errors/desk-error.js';
import { nearestWord } from '../../model/nearest-word.js';
import { alwaysQuotePosix } from '../../model/quote.js';
import { escapeJson, visible, visibleLines } from '../../model/sanitize.js';
import type { OutputOptions } from './output-options.js';

/**
 * Rejects unknown fields and unsupported formats before the command runs.
 *
 * @throws usage.unknownField, usage.formatNotOffered
 */
export function checkOutputOptions({ output }: Command, request: OutputOptions): void {
  const known = allFields(output);
  const asked = [request.fields ?? [], request.field ?? []].flat();
  if (asked.length > 0 && known.length === 0) refuseFormat('--field');
  for (const field of asked) {
    const isKnown = known.some((name) => name === field || name.startsWith(`${field}.`));
    if (!isKnown) {
      const suggestion = nearestWord(field, known);
      throw new DeskError('usage.unknownField', { field, fields: known, suggestion });
    }
  }
  if (request.format === 'name' && output.names === undefined) refuseFormat('name');
  const hasNames = known.length > 0 && output.isList !== true;
  if (request.format === 'env' && !hasNames) refuseFormat('env');
}

/**
 * Formats a result for programs, without the final line feed; TSV unless another format is requested.
 *
 * @param isIndented - Indented JSON, for a terminal.
 */
export function formatResult(
  command: Command,
  result: unknown,
  { format, fields, field }: OutputOptions,
  isIndented: boolean,
): string {
  if (field !== undefined) {
    const items = [readField(result, field)].flat();
    return items.map((item) => visible(plainText(item))).join('\n');
  }
  switch (format) {
    case 'json': {
      const picked = fields === undefined ? result : pickFields(result, fields);
      return escapeJson(JSON.stringify(picked, null, isIndented ? 2 : undefined));
    }
    case 'name':
      return (command.output.names?.(result) ?? []).map(visible).join('\n');
    case 'env':
      if (Array.isArray(result)) refuseFormat('env');
      return formatEnvironment(result, fields ?? command.output.fields);
    default: {
      if (typeof result === 'string') return visibleLines(result);
      const rows = fieldRows(command, result, fields);
      return rows.map((row) => row.map(visible).join('\t')).join('\n');
    }
  }
}

/** One row per record: the selected fields, else the command's own rows, else all its fields. */
export function fieldRows(
  command: Command,
  result: unknown,
  fields: readonly string[] | undefined,
): readonly (readonly string[])[] {
  const ownRows = fields === undefined ? command.output.rows?.(result) : undefined;
  if (ownRows !== undefined) return ownRows;
  const columns = fields ?? command.output.fields;
  return [result].flat().map((record) => columns.map((name) => plainText(readField(record, name))));
}

/** Lines of `HPC_DESK_NAME='value'`, safe for `eval`. */
function formatEnvironment(result: unknown, fields: readonly string[]): string {
  return fields
    .map((field) => {
      const value = alwaysQuotePosix(visible(plainText(readField(result, field))));
      return `HPC_DESK_${upperSnake(field)}=${value}`;
    })
    .join('\n');
}

/** `widthPx` → `WIDTH_PX`, `cluster.id` → `CLUSTER_ID`. */
function upperSnake(field: string): string {
  return field
    .replaceAll('.', '_')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase();
}

function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function refuseFormat(format: string): never {
  throw new DeskError('usage.formatNotOffered', { format });
}

/** The value at a dotted path; for a list, of each item. */
export function readField(result: unknown, field: string): unknown {
  if (Array.isArray(result)) return result.map((element) => readField(element, field));
  return field
    .split('.')
    .reduce(
      (value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      result,
    );
}

/** Selects fields of a record or of each record in a list; dotted fields keep their nesting. */
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
