import { describe, expect, it } from 'vitest';
import { label, wrapLine } from '../../src/view/wrap-line.js';

describe('a text is wrapped', () => {
  it.each([
    [10, 'one two three', ['one two', 'three']],
    [10, 'unbreakable-word', ['unbreakabl', 'e-word']],
    [10, 'a unbreakable-word', ['a', 'unbreakabl', 'e-word']],
    [10, '一二三四五六', ['一二三四五', '六']],
    [10, '用户，密码，令牌。', ['用户，', '密码，', '令牌。']],
    [10, '你好，世界！你好', ['你好，', '世界！你好']],
    [9, '（括号）（括号）', ['（括号）', '（括号）']],
    [12, '加 --json 输出', ['加 --json', '输出']],
    [12, '会话（--json）', ['会话', '（--json）']],
    [4, '一二。。', ['一', '二', '。。']],
    [8, '', ['']],
  ])('at %i columns: %s', (width, text, lines) => {
    expect(wrapLine(text, width)).toEqual(lines);
  });
});

it.each([
  ['error:', 'error: '],
  ['错误：', '错误：'],
])('adds a space to the label %j unless it ends in a full-width colon', (title, written) => {
  expect(label(title)).toBe(written);
});
