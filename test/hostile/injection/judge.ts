import type { DeskError } from '../../../src/errors/desk-error.js';
import { findForbidden } from './forbidden.js';
import { formsOf, formsOfError, type ResultOf } from './text-sinks.js';

/** Returns failures instead of throwing, so that one test can run thousands of checks. */
export interface Judge {
  check(isRight: boolean, describe: () => string): readonly string[];
  harmless(text: string, describe: () => string): readonly string[];
  /** Checks each result in each form for forbidden characters and for the right lines, columns and keys. */
  results(results: readonly ResultOf[], what: string): readonly string[];
  /** Checks the error as text, as JSON and with `--debug`. */
  error(error: DeskError, what: string): readonly string[];
}

export function createJudge(): Judge {
  const judge: Judge = {
    check: (isRight, describe) => (isRight ? [] : [describe()]),
    harmless(text, describe) {
      const found = findForbidden(text);
      return judge.check(found === undefined, () => `${describe()}: ${found}`);
    },
    results: (results, what) =>
      results.flatMap(([command, result]) =>
        formsOf(command, result).flatMap(([form, text]) => {
          const place = () => `${what} in ${command.path.join(' ')} as ${form}`;
          return [
            ...judge.harmless(form === 'tsv' ? text.replaceAll('\t', ' ') : text, place),
            ...judge.check(hasItsShape(form, text, command.output.fields.length, result), place),
          ];
        }),
      ),
    error: (error, what) =>
      formsOfError(error).flatMap(([form, text]) =>
        judge.harmless(text, () => `${what} as ${form}`),
      ),
  };
  return judge;
}

/** Whether text of the platform has added no line, column or key. */
function hasItsShape(form: string, text: string, fieldCount: number, result: unknown): boolean {
  const lines = text.split('\n');
  const records = [result].flat().length;
  switch (form) {
    case 'json':
      return same(JSON.parse(text), JSON.parse(JSON.stringify(result)));
    case 'tsv':
      return (
        text === '' ||
        (lines.length === records && lines.every((line) => line.split('\t').length === fieldCount))
      );
    case 'name':
      return lines.length === records;
    case 'env':
      return lines.every((line) => /^HPC_DESK_[A-Z_]+='([^']|'\\'')*'$/.test(line));
    default:
      return true;
  }
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A text for the description of a failure. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
