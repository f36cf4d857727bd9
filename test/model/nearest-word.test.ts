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
])('for %s suggests %s', (typed, word) => {
  expect(nearestWord(typed, WORDS)).toBe(word);
});

it.each(['bogus', 'x', '', 'connect', 'a'.repeat(10_000)])('suggests nothing for %s', (typed) => {
  expect(nearestWord(typed, WORDS)).toBeUndefined();
});

it.each([
  ['ab', 'bc'],
  ['ab', 'ca'],
])('%s is not %s with two letters swapped', (typed, word) => {
  expect(nearestWord(typed, [word])).toBeUndefined();
});

it('suggests the first of two equally near candidates', () => {
  expect(nearestWord('cat', ['bat', 'rat'])).toBe('bat');
});

it('suggests nothing from an empty list', () => {
  expect(nearestWord('login', [])).toBeUndefined();
});
