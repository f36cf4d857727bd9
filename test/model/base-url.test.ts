import { expect, it } from 'vitest';
import {
  type BaseUrl,
  isClearText,
  isLoopbackUrl,
  originOf,
  parseBaseUrl,
} from '../../src/model/base-url.js';

it.each([
  ['https://zzhpc.example:65051', 'https://zzhpc.example:65051'],
  ['https://zzhpc.example/', 'https://zzhpc.example'],
  ['https://zzhpc.example/hpc//', 'https://zzhpc.example/hpc'],
  ['HTTPS://ZZHPC.example', 'https://zzhpc.example'],
  ['https://zzhpc.example:443', 'https://zzhpc.example'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://[::1]:8080/hpc', 'http://[::1]:8080/hpc'],
  [`https://a.example/${'a'.repeat(2030)}`, `https://a.example/${'a'.repeat(2030)}`],
])('parses %s as %s', (text, url) => {
  expect(parseBaseUrl(text)).toBe(url);
});

it.each([
  ['nothing', ''],
  ['no scheme', 'zzhpc.example'],
  ['another scheme', 'ftp://zzhpc.example'],
  ['a scheme that ends like ours', 'xhttps://zzhpc.example'],
  ['javascript', 'javascript:alert(1)'],
  ['a user', 'https://me@zzhpc.example'],
  ['a password', 'https://me:x@zzhpc.example'],
  ['a password alone', 'https://:x@zzhpc.example'],
  ['a query', 'https://zzhpc.example/?a=1'],
  ['an empty query', 'https://zzhpc.example/?'],
  ['an empty fragment', 'https://zzhpc.example/#'],
  ['a backslash', 'https://zzhpc.example\\@evil.example'],
  ['a blank', 'https://zzhpc.example/a b'],
  ['a line feed', 'https://zzhpc.example/\n'],
  ['Chinese', 'https://平台.example'],
  ['a port beyond 65535', 'https://zzhpc.example:65536'],
  ['no host', 'https://'],
  ['2049 characters', `https://a.example/${'a'.repeat(2031)}`],
  ['a number', 5],
  ['a list around it', ['https://zzhpc.example']],
])('rejects a URL with %s', (_, value) => {
  expect(parseBaseUrl(value)).toBeUndefined();
});

it.each([
  ['http://127.0.0.1:1', true, false],
  ['http://127.9.9.9', true, false],
  ['http://127.255.255.254', true, false],
  ['http://localhost:1', true, false],
  ['http://[::1]:1', true, false],
  ['https://127.0.0.1', true, false],
  ['http://127.0.0.1.evil.example', false, true],
  ['http://localhost.evil.example', false, true],
  ['http://10.0.0.1', false, true],
  ['https://zzhpc.example', false, false],
])('%s: loopback %s, clear text %s', (url, loopback, clearText) => {
  expect([isLoopbackUrl(url as BaseUrl), isClearText(url as BaseUrl)]).toEqual([
    loopback,
    clearText,
  ]);
});

it('originOf drops the path', () => {
  expect(originOf('https://zzhpc.example:65051/hpc' as BaseUrl)).toBe(
    'https://zzhpc.example:65051',
  );
});
