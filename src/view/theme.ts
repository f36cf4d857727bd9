import { visible } from '../model/sanitize.js';

export type Style = (text: string) => string;

type StyleName = 'plain' | 'strong' | 'dim' | 'good' | 'warning' | 'bad';

/** Styles for one stream. Each sanitizes its text before adding escape sequences. */
export type Theme = Readonly<Record<StyleName, Style>>;

/** For a stream without colours. */
export const PLAIN_THEME: Theme = {
  plain: visible,
  strong: visible,
  dim: visible,
  good: visible,
  warning: visible,
  bad: visible,
};
