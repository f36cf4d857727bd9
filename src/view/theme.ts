import { Chalk } from 'chalk';
import { visible } from './sanitize.js';

/** Colours for one stream. Each passes its text through the output gate first, then adds its own codes. */
export interface Theme {
  readonly plain: Style;
  readonly strong: Style;
  readonly dim: Style;
  readonly good: Style;
  readonly warning: Style;
  readonly bad: Style;
}

export type Style = (text: string) => string;

/** @param hasColor - The one decision for this stream; chalk is never asked, it does not honour `NO_COLOR`. */
export function createTheme(hasColor: boolean): Theme {
  const chalk = new Chalk({ level: hasColor ? 1 : 0 });
  const gated =
    (style: Style): Style =>
    (text) =>
      style(visible(text));
  return {
    plain: visible,
    strong: gated(chalk.bold),
    dim: gated(chalk.dim),
    good: gated(chalk.green),
    warning: gated(chalk.yellow),
    bad: gated(chalk.red),
  };
}
