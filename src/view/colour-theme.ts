import { Chalk } from 'chalk';
import { visible } from './sanitize.js';
import type { Style, Theme } from './theme.js';

/** For a stream that was found to have colours; chalk is never asked, it does not honour `NO_COLOR`. */
export function createColourTheme(): Theme {
  const chalk = new Chalk({ level: 1 });
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
