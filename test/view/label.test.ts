import { expect, it } from 'vitest';
import { label } from '../../src/view/label.js';

it.each([
  ['error:', 'error: '],
  ['错误：', '错误：'],
])('parts the label %j from its text once', (title, written) => {
  expect(label(title)).toBe(written);
});
