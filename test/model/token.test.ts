import { describe, expect, it } from 'vitest';
import {
  findTokenProblem,
  parseToken,
  readTokenClaims,
  type Token,
} from '../../src/model/token.js';

it.each([
  ['', 'empty'],
  ['a b', 'blank'],
  ['a\tb', 'blank'],
  ['a\nb', 'lineBreak'],
  ['a\r\nb c', 'lineBreak'],
  ['令牌', 'nonAscii'],
  ['a\0b', 'nonAscii'],
  ['a\x7f', 'nonAscii'],
  ['a'.repeat(8193), 'tooLong'],
])('reports the problem of %j: %s', (text, problem) => {
  expect(findTokenProblem(text)).toBe(problem);
  expect(parseToken(text)).toBeUndefined();
});

it.each(['a', 'eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiYSJ9.c2ln', '!~', 'a'.repeat(8192)])(
  'accepts a token of printable ASCII',
  (text) => {
    expect(parseToken(text)).toBe(text);
  },
);

it.each([null, 5, ['token']])('rejects %j as a token', (value) => {
  expect(parseToken(value)).toBeUndefined();
});

describe('the claims of a token', () => {
  const tokenWith = (payload: unknown) =>
    `h.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.s` as Token;
  const nothing = {
    user: undefined,
    clusterUser: undefined,
    clusterId: undefined,
    accountStatus: undefined,
    expiresAt: undefined,
  };

  it('are read from the platform’s claim names', () => {
    const payload = {
      computeUser: 'test_1215',
      user: 'test',
      accountStatus: 'Trial',
      clusterId: '11112',
      expireTime: '1686123346568',
    };
    expect(readTokenClaims(tokenWith(payload))).toEqual({
      user: 'test',
      clusterUser: 'test_1215',
      clusterId: '11112',
      accountStatus: 'Trial',
      expiresAt: new Date(1686123346568),
    });
  });

  it.each([
    ['1686123346568', 1686123346568],
    [1686123346568, 1686123346568],
    ['0', 0],
    ['soon', undefined],
    ['-1', undefined],
    ['1e12', undefined],
    ['9'.repeat(16), undefined],
    [Number.MAX_VALUE, undefined],
    [null, undefined],
    [{}, undefined],
    [['1686123346568'], undefined],
  ])('convert the expiry %j to %s', (expireTime, timeMs) => {
    expect(readTokenClaims(tokenWith({ expireTime })).expiresAt?.getTime()).toBe(timeMs);
  });

  it('may have 256 characters', () => {
    const user = 'a'.repeat(256);
    expect(readTokenClaims(tokenWith({ user })).user).toBe(user);
  });

  it.each([
    ['no JWT', 'opaque'],
    ['no JSON', 'h.bm90IGpzb24.s'],
    ['a list', tokenWith([])],
    ['null', tokenWith(null)],
    ['a text', tokenWith('text')],
    ['a number', tokenWith(5)],
    [
      'claims of the wrong type',
      tokenWith({ user: 1, computeUser: null, clusterId: [], accountStatus: {} }),
    ],
    ['claims that are empty or endless', tokenWith({ user: '', computeUser: 'a'.repeat(257) })],
    [
      'a polluting payload',
      `h.${Buffer.from('{"__proto__":{"user":"x"}}').toString('base64url')}.s`,
    ],
  ])('are absent for %s', (_, token) => {
    expect(readTokenClaims(token as Token)).toEqual(nothing);
  });
});
