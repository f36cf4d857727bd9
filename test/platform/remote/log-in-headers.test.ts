import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isDeskError } from '../../../src/errors/desk-error.js';
import {
  toAccessKeyHeaders,
  toPasswordHeaders,
} from '../../../src/platform/remote/account-mapping.js';

const KEYS = { user: 'test', accessKey: '0123456789abcdef', secretKey: 'SENTINEL-SK' };
const PASSWORD = { user: 'test', password: 'pa ss"\\', orgId: 'org' };
const AT = new Date('2025-12-01T13:53:11.999Z');

describe('a signature', () => {
  it('is the HMAC-SHA256 of compact JSON with sorted keys', () => {
    // Computed with: printf '%s' '{"accessKey":…}' | openssl dgst -sha256 -hmac SENTINEL-SK
    expect(toAccessKeyHeaders(KEYS, AT)).toEqual({
      user: 'test',
      accessKey: '0123456789abcdef',
      signature: '160a6bfd1d1ed1cc568add6e4a6bc1f10fda34a3b5bf4f624ca2d12cbec6b8ee',
      timestamp: '1764597191',
    });
  });

  it.each([
    ['张三', '{"accessKey":"0123456789abcdef","timestamp":"1764597191","user":"张三"}'],
    ['a"b\\c', '{"accessKey":"0123456789abcdef","timestamp":"1764597191","user":"a\\"b\\\\c"}'],
  ])('for the user %s is computed over unescaped UTF-8', (user, message) => {
    const { signature } = toAccessKeyHeaders({ ...KEYS, user }, AT);
    expect(signature).toBe(
      createHmac('sha256', 'SENTINEL-SK').update(message, 'utf8').digest('hex'),
    );
  });

  it('accepts any text as a secret key', () => {
    const { signature } = toAccessKeyHeaders({ ...KEYS, secretKey: '钥\n' }, AT);
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a user name', () => {
  it.each([
    ['test', 'test'],
    ['a b', 'a b'],
    ['é', '\xc3\xa9'],
    ['张', '\xe5\xbc\xa0'],
    ['😀', '\xf0\x9f\x98\x80'],
  ])('%s is sent as its UTF-8 bytes', (user, header) => {
    expect(toPasswordHeaders({ ...PASSWORD, user }).user).toBe(header);
    expect(toAccessKeyHeaders({ ...KEYS, user }, AT).user).toBe(header);
  });

  it.each([
    '',
    ' ',
    ' a',
    'a ',
    'a\r\nx: y',
    'a\n',
    'a\0b',
    'a\tb',
    '\x7f',
    '\x9b',
    '\ud800',
    'a\u3000',
  ])('%j is rejected', (user) => {
    expect(refusalOf(() => toPasswordHeaders({ ...PASSWORD, user }))).toBe('user');
    expect(refusalOf(() => toAccessKeyHeaders({ ...KEYS, user }, AT))).toBe('user');
  });
});

describe('a secret', () => {
  it.each(['a', 'pa ss', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', 'é', '\xa1\xff'])(
    '%j is sent unchanged',
    (value) => {
      expect(toPasswordHeaders({ ...PASSWORD, password: value }).password).toBe(value);
      expect(toPasswordHeaders({ ...PASSWORD, orgId: value }).orgId).toBe(value);
      expect(toAccessKeyHeaders({ ...KEYS, accessKey: value }, AT).accessKey).toBe(value);
    },
  );

  // biome-ignore format: a table
  it.each([
    '', ' ', 'S ', ' S', 'S\r\nx: y', 'S\nS', 'S\rS', 'S\0', 'S\t', 'S\x1b[2J', 'S\x7f', 'S\x85', 'S\u2028', '密', '😀',
    'S\ud800', 'S\xa0',
  ])('%j is rejected and masked in the error', (value) => {
    expect(refusalOf(() => toPasswordHeaders({ ...PASSWORD, password: value }))).toBe('password');
    expect(refusalOf(() => toPasswordHeaders({ ...PASSWORD, orgId: value }))).toBe('orgId');
    expect(refusalOf(() => toAccessKeyHeaders({ ...KEYS, accessKey: value }, AT))).toBe('accessKey');
  });

  it('is not contained in the error', () => {
    const password = 'SENTINEL\n';
    const error = thrownBy(() => toPasswordHeaders({ ...PASSWORD, password }));
    expect(inspect(error, { depth: Number.POSITIVE_INFINITY })).not.toContain('SENTINEL');
  });
});

/** The name in the usage.invalidValue error that a function throws; its value must be masked. */
function refusalOf(run: () => unknown): unknown {
  const error = thrownBy(run);
  if (!isDeskError(error, 'usage.invalidValue')) return error;
  expect(error.details.value).toBe('…');
  return error.details.name;
}

function thrownBy(run: () => unknown): unknown {
  try {
    return `accepted: ${JSON.stringify(run())}`;
  } catch (error) {
    return error;
  }
}
