import { expect, test } from 'vitest';
import { formatAnnotations, wantsAnnotations } from '../../../src/cli/output/print-result.js';

test.each([
  [{ GITHUB_ACTIONS: 'true' }, true],
  [{ GITHUB_ACTIONS: 'false' }, false],
  [{ CI: 'true' }, false],
])('annotations in %j: %s', (environment, wanted) => {
  expect(wantsAnnotations(environment)).toBe(wanted);
});

test('each problem is one line', () => {
  expect(formatAnnotations('hpc-desk vnc check', ['first', 'second'])).toBe(
    '::error title=hpc-desk vnc check::first\n::error title=hpc-desk vnc check::second\n',
  );
});

test.each([
  ['100% sure', '100%25 sure'],
  ['a\nb', 'a\\x0ab'],
  ['a\r\n::error::b', 'a\\x0d\\x0a::error::b'],
  ['\x1b[31m', '\\x1b[31m'],
])('%j is shown as %j', (problem, shown) => {
  expect(formatAnnotations('t', [problem])).toBe(`::error title=t::${shown}\n`);
});

test('a title cannot end early', () => {
  expect(formatAnnotations('a:b,c%', ['x'])).toBe('::error title=a%3Ab%2Cc%25::x\n');
});
