import type { OutputStream, World } from './world.js';

/** What one output stream can do; decided once, obeyed by every library. */
export interface Terminal {
  readonly isTerminal: boolean;
  readonly hasColor: boolean;
  /** Whether lines may be drawn over: a terminal with a width, not dumb, not a CI log. */
  readonly isAnimated: boolean;
  readonly columns: number;
}

const DEFAULT_COLUMNS = 80;

/** @param colorWish - `--color` or `--no-color`; undefined when neither was given. */
export function readTerminal(
  stream: OutputStream,
  environment: World['environment'],
  colorWish: boolean | undefined,
): Terminal {
  const isTerminal = stream.isTTY === true;
  const isDumb = environment.TERM === 'dumb';
  // Some pseudo-terminals report no columns; ora would then never end.
  const hasWidth = (stream.columns ?? 0) > 0;
  return {
    isTerminal,
    hasColor: colorWish ?? hasColor(environment, isTerminal && !isDumb),
    isAnimated: isTerminal && hasWidth && !isDumb && !isSet(environment.CI),
    columns: hasWidth ? (stream.columns as number) : DEFAULT_COLUMNS,
  };
}

/** https://no-color.org, then FORCE_COLOR and CLICOLOR_FORCE, then the terminal itself. */
function hasColor(environment: World['environment'], byItself: boolean): boolean {
  if (environment.NO_COLOR) return false;
  return isSet(environment.FORCE_COLOR) || isSet(environment.CLICOLOR_FORCE) || byItself;
}

/** Whether a variable says yes; `0` and `false` say no. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
