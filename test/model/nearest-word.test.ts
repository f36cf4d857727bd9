import { expect, it } from 'vitest';
import { nearestWord } from '../../src/model/nearest-word.js';

const WORDS = ['login', 'logout', 'whoami', 'sessionId', 'widthPx', 'list'];

it.each([
  ['lgin', 'login'],
  ['lgoin', 'login'],
  ['LOGIN', 'login'],
  ['logot', 'logout'],
  ['sessionid', 'sessionId'],
  ['sesionID', 'sessionId'],
  ['width', 'widthPx'],
  ['lsit', 'list'],
])('takes %s for %s', (typed, word) => {
  expect(nearestWord(typed, WORDS)).toBe(word);
});

it.each(['bogus', 'x', '', 'connect', 'a'.repeat(10_000)])('takes %s for nothing', (typed) => {
  expect(nearestWord(typed, WORDS)).toBeUndefined();
});

it.each([
  ['ab', 'bc'],
  ['ab', 'ca'],
])('%s is not %s with two letters swapped', (typed, word) => {
  expect(nearestWord(typed, [word])).toBeUndefined();
});

it('takes the first of two that are as near', () => {
  expect(nearestWord('cat', ['bat', 'rat'])).toBe('bat');
});

it('finds nothing in an empty list', () => {
  expect(nearestWord('login', [])).toBeUndefined();
});
