import { visible } from '../model/sanitize.js';

/** Styles for one stream. Each sanitizes its text before adding escape sequences. */
export interface Theme {
  readonly plain: Style;
  readonly strong: Style;
  readonly dim: Style;
  readonly good: Style;
  readonly warning: Style;
  readonly bad: Style;
}

export type Style = (text: string) => string;

/** For a stream without colours. */
export const PLAIN_THEME: Theme = {
  plain: visible,
  strong: visible,
  dim: visible,
  good: visible,
  warning: visible,
  bad: visible,
};
