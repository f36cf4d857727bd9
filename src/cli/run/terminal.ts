import type { OutputStream, ProcessContext } from './process-context.js';

/** What one output stream can do; decided once, obeyed by every library. */
export interface Terminal {
  readonly isTerminal: boolean;
  readonly hasColor: boolean;
  /** Whether lines may be drawn over: a terminal with a width, not dumb, not a CI log. */
  readonly isAnimated: boolean;
  readonly columns: number;
}

const DEFAULT_COLUMNS = 80;

/** @param color - `--color` or `--no-color`; undefined when neither was given. */
export function readTerminal(
  stream: OutputStream,
  environment: ProcessContext['environment'],
  color: boolean | undefined,
): Terminal {
  const isTerminal = stream.isTTY === true;
  const isDumb = environment.TERM === 'dumb';
  // Some pseudo-terminals report no columns; ora would then never end.
  const hasWidth = (stream.columns ?? 0) > 0;
  return {
    isTerminal,
    hasColor: color ?? hasColor(environment, isTerminal && !isDumb),
    isAnimated: isTerminal && hasWidth && !isDumb && !isSet(environment.CI),
    columns: hasWidth ? (stream.columns as number) : DEFAULT_COLUMNS,
  };
}

/** https://no-color.org, then FORCE_COLOR and CLICOLOR_FORCE, then the terminal itself. */
function hasColor(environment: ProcessContext['environment'], byItself: boolean): boolean {
  if (environment.NO_COLOR) return false;
  return isSet(environment.FORCE_COLOR) || isSet(environment.CLICOLOR_FORCE) || byItself;
}

/** Whether a variable says yes; `0` and `false` say no. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

/**
 * Lets a stream keep its width when its terminal is resized to no columns, as by `stty cols 0`: ora divides by the width
 * and would draw without end (9.4). One that never had a width has none.
 */
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
