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

/** For a stream without colours. */
export const PLAIN_THEME: Theme = {
  plain: visible,
  strong: visible,
  dim: visible,
  good: visible,
  warning: visible,
  bad: visible,
};
