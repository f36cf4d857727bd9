import type { OutputStream, ProcessContext } from './process-context.js';

const DEFAULT_COLUMNS = 80;

/**
 * Capabilities of an output stream, decided once for all libraries.
 *
 * @param color - `--color` or `--no-color`, if given.
 */
export function readTerminal(
  stream: OutputStream,
  environment: ProcessContext['environment'],
  color: boolean | undefined,
) {
  const isTerminal = stream.isTTY === true;
  const isDumb = environment.TERM === 'dumb';
  // With 0 columns (some pseudo-terminals), ora never finishes.
  const hasWidth = (stream.columns ?? 0) > 0;
  const columns = hasWidth ? (stream.columns as number) : DEFAULT_COLUMNS;
  return {
    isTerminal,
    hasColor: color ?? hasColor(environment, isTerminal && !isDumb),
    /** Whether to animate: a terminal with a known width, not dumb, not in CI. */
    isAnimated: isTerminal && hasWidth && !isDumb && !isSet(environment.CI),
    columns,
    /** The width at which to wrap text: unlimited unless it is a terminal. */
    wrapColumns: isTerminal ? columns : Number.POSITIVE_INFINITY,
  };
}

/** https://no-color.org, then FORCE_COLOR and CLICOLOR_FORCE, then the terminal. */
function hasColor(environment: ProcessContext['environment'], byDefault: boolean): boolean {
  if (environment.NO_COLOR) return false;
  return isSet(environment.FORCE_COLOR) || isSet(environment.CLICOLOR_FORCE) || byDefault;
}

/** Whether a variable is set and neither `0` nor `false`. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

/** Keeps the last width when a terminal is resized to 0 columns (`stty cols 0`), with which ora 9.4 never finishes. */
export function keepWidth<Stream extends { columns?: number }>(stream: Stream): Stream {
  let columns = stream.columns || undefined;
  if (stream.columns === undefined) return stream;
  return Object.defineProperty(stream, 'columns', {
    get: () => columns,
    set(next: number) {
      columns = next || columns;
    },
  });
}
