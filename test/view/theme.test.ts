import { describe, expect, it } from 'vitest';
import { createColourTheme } from '../../src/view/colour-theme.js';
import { PLAIN_THEME, type Theme } from '../../src/view/theme.js';

const STYLES: readonly (keyof Theme)[] = ['plain', 'strong', 'dim', 'good', 'warning', 'bad'];

describe.each(STYLES)('%s', (name) => {
  it('adds nothing without colour', () => {
    expect(PLAIN_THEME[name]('text')).toBe('text');
  });

  it.each([
    ['colour', createColourTheme()],
    ['none', PLAIN_THEME],
  ] as const)('escapes control characters from the server (%s)', (_, theme) => {
    const styled = theme[name]('\x1b[2J\u202e');
    expect(styled).toContain('\\x1b[2J\\u202e');
    expect(styled.replaceAll(/\x1b\[\d+m/g, '')).not.toContain('\x1b');
  });
});

it('the colour theme does not depend on a terminal', () => {
  expect(createColourTheme().bad('no')).toBe('\x1b[31mno\x1b[39m');
});
