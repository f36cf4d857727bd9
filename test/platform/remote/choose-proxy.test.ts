import { describe, expect, it } from 'vitest';
import { isDeskError } from '../../../src/errors/desk-error.js';
import { type BaseUrl, parseBaseUrl } from '../../../src/model/base-url.js';
import { chooseProxy } from '../../../src/platform/remote/choose-proxy.js';

const choose = (url: string, environment: Record<string, string>) =>
  chooseProxy(parseBaseUrl(url) as BaseUrl, environment)?.url;

const HTTPS = 'https://hpc.example:65051';
const HTTP = 'http://hpc.example:65051';
const all = (no_proxy: string) => ({ all_proxy: 'http://proxy.example:1', no_proxy });

describe('chooseProxy', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    [HTTPS, {}, undefined],
    [HTTPS, { HTTPS_PROXY: 'http://a.example:1' }, 'http://a.example:1/'],
    [HTTPS, { https_proxy: 'http://a.example:1' }, 'http://a.example:1/'],
    [
      HTTPS,
      { https_proxy: 'http://low.example:1', HTTPS_PROXY: 'http://up.example:1' },
      'http://low.example:1/',
    ],
    [HTTPS, { https_proxy: '', HTTPS_PROXY: 'http://up.example:1' }, 'http://up.example:1/'],
    [HTTPS, { HTTP_PROXY: 'http://a.example:1' }, undefined],
    [HTTP, { HTTP_PROXY: 'http://a.example:1' }, 'http://a.example:1/'],
    [HTTP, { HTTPS_PROXY: 'http://a.example:1' }, undefined],
    [HTTPS, { ALL_PROXY: 'http://a.example:1' }, 'http://a.example:1/'],
    [
      HTTPS,
      { ALL_PROXY: 'http://all.example:1', HTTPS_PROXY: 'http://s.example:1' },
      'http://s.example:1/',
    ],
    [HTTPS, { HTTPS_PROXY: 'a.example:8080' }, 'http://a.example:8080/'],
    [HTTPS, { HTTPS_PROXY: 'https://a.example' }, 'https://a.example/'],
    [HTTPS, { HTTPS_PROXY: 'http://u:p%40@a.example:1' }, 'http://u:p%40@a.example:1/'],
    [HTTPS, { ALL_PROXY: 'socks5://a.example:1080' }, 'socks5://a.example:1080'],
    [HTTPS, { ALL_PROXY: 'socks5h://u:p@a.example:1080' }, 'socks5://u:p@a.example:1080'],
    [HTTPS, { ALL_PROXY: 'socks://a.example' }, 'socks5://a.example'],
  ])('%s with %j: %s', (url, environment, proxy) => {
    expect(choose(url, environment)).toBe(proxy);
  });

  it.each([
    '*',
    ' * ',
    'hpc.example',
    '.hpc.example',
    'HPC.Example',
    'hpc.example.',
    'example',
    '.example',
    'a,hpc.example',
    'a hpc.example',
    ' hpc.example , b',
  ])('the host is not proxied with NO_PROXY=%j', (noProxy) => {
    expect(choose(HTTPS, all(noProxy))).toBeUndefined();
  });

  it.each([
    '',
    ',',
    '.',
    'pc.example',
    'x.hpc.example',
    'hpc',
    '*.example',
    '*,a',
    'hpc.example:65051',
    '0.0.0.0/0',
  ])('a name is still proxied with NO_PROXY=%j', (noProxy) => {
    expect(choose(HTTPS, all(noProxy))).toBeDefined();
  });

  it.each([
    ['https://10.1.2.3', '10.1.2.3', false],
    ['https://10.1.2.3', '10.0.0.0/8', false],
    ['https://10.1.2.3', '10.1.2.0/30', false],
    ['https://10.1.2.3', '0.0.0.0/0', false],
    ['https://10.1.2.3', '10.1.2.0/31', true],
    ['https://10.1.2.3', '10.0.0.0/99', true],
    ['https://10.1.2.3', '10.0.0.0/x', true],
    ['https://10.1.2.3', '10.0.0.0/', true],
    ['https://10.1.2.3', '.2.3', true],
    ['https://[2001:db8::7]', '2001:db8::/32', false],
    ['https://[2001:db8::7]', '[2001:db8::7]', false],
    ['https://[2001:db8::7]', '10.0.0.0/8', true],
  ])('%s with NO_PROXY=%s is proxied: %s', (url, noProxy, isProxied) => {
    expect(choose(url, all(noProxy)) !== undefined).toBe(isProxied);
  });

  it('prefers no_proxy to NO_PROXY', () => {
    expect(choose(HTTPS, { ...all('a.example'), NO_PROXY: '*' })).toBeDefined();
  });

  it.each(['http://127.0.0.1:1', 'http://127.9.9.9', 'http://localhost:1', 'http://[::1]:1'])(
    'never uses a proxy for %s',
    (url) => {
      expect(choose(url, all(''))).toBeUndefined();
    },
  );

  it.each([
    'socks4://a.example',
    'ftp://u:SECRET@a.example',
    'http://',
    'http://a b.example',
    '://',
    'http://:1',
  ])('rejects %s without exposing the password', (value) => {
    expect.assertions(3);
    try {
      choose(HTTPS, { HTTPS_PROXY: value });
    } catch (error) {
      expect(isDeskError(error, 'usage.invalidValue')).toBe(true);
      expect(error).toMatchObject({ details: { name: 'HTTPS_PROXY' } });
      expect(JSON.stringify(error)).not.toContain('SECRET');
    }
  });
});
