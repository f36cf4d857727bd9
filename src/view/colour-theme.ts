import { Chalk } from 'chalk';
import { visible } from '../model/sanitize.js';
import type { Style, Theme } from './theme.js';

/** For a stream with colours. The level is fixed because chalk's own detection ignores `NO_COLOR`. */
export function createColourTheme(): Theme {
  const chalk = new Chalk({ level: 1 });
  const sanitized =
    (style: Style): Style =>
    (text) =>
      style(visible(text));
  return {
    plain: visible,
    strong: sanitized(chalk.bold),
    dim: sanitized(chalk.dim),
    good: sanitized(chalk.green),
    warning: sanitized(chalk.yellow),
    bad: sanitized(chalk.red),
  };
}
