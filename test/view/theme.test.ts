import { describe, expect, it } from 'vitest';
import { createTheme, type Theme } from '../../src/view/theme.js';

const STYLES: readonly (keyof Theme)[] = ['plain', 'strong', 'dim', 'good', 'warning', 'bad'];

describe.each(STYLES)('%s', (name) => {
  it('adds nothing without colour', () => {
    expect(createTheme(false)[name]('text')).toBe('text');
  });

  it.each([true, false])(
    'shows what the server sends instead of obeying it (colour: %s)',
    (hasColor) => {
      const styled = createTheme(hasColor)[name]('\x1b[2J\u202e');
      expect(styled).toContain('\\x1b[2J\\u202e');
      expect(styled.replaceAll(/\x1b\[\d+m/g, '')).not.toContain('\x1b');
    },
  );
});

it('colours by its own decision, whatever the environment says', () => {
  expect(createTheme(true).bad('no')).toBe('\x1b[31mno\x1b[39m');
});
