import { describe, expect, it } from 'vitest';
import {
  type Endpoint,
  formatEndpoint,
  formatLoginNode,
  type LoginNode,
  parseDisplay,
  parseLoginNode,
  parsePort,
  portOfDisplay,
  sshLineOf,
} from '../../src/model/endpoint.js';

it.each([
  ['1', 1],
  [4, 4],
  ['59635', 59635],
])('reads display %j', (value, display) => {
  expect(parseDisplay(value)).toBe(display);
});

it.each([
  '0',
  '59636',
  '04',
  '+4',
  ' 4',
  '4 ',
  '4.0',
  '4e0',
  '0x4',
  '',
  '-1',
  '４',
  4.5,
  -1,
  null,
  [4],
])('refuses display %j', (value) => {
  expect(parseDisplay(value)).toBeUndefined();
});

it('finds the port of a display at 5900 and up', () => {
  const display = parseDisplay('4');
  expect(display && portOfDisplay(display)).toBe(5904);
});

it.each(['1', '22', '65535', 5904])('reads port %j', (value) => {
  expect(parsePort(value)).toBe(Number(value));
});

it.each(['0', '65536', '022', '22 ', '', 'ssh', 1.5, Number.NaN, true])(
  'refuses port %j',
  (value) => {
    expect(parsePort(value)).toBeUndefined();
  },
);

it.each([
  ['10.0.41.101', '10.0.41.101:5904'],
  ['2001:db8::1', '[2001:db8::1]:5904'],
])('writes an endpoint on %s as %s', (host, text) => {
  expect(formatEndpoint({ host, port: 5904 } as Endpoint)).toBe(text);
});

describe('a login node', () => {
  it.each([
    ['login.example', 'login.example', undefined, undefined],
    ['login.example:65023', 'login.example', 65023, undefined],
    ['me@login.example', 'login.example', undefined, 'me'],
    ['me@10.0.0.1:22', '10.0.0.1', 22, 'me'],
    ['[::1]:22', '::1', 22, undefined],
    ['me@[2001:db8::1]', '2001:db8::1', undefined, 'me'],
  ])('%s is read', (text, host, port, user) => {
    expect(parseLoginNode(text)).toEqual({ host, port, user });
  });

  it.each([
    '',
    '@host',
    'me@',
    'me@@host',
    'a@b@host',
    'host:',
    'host:0',
    'host:22:22',
    '::1',
    '[::1',
    '[host:22',
    '-oProxyCommand=id',
    '-l@host',
    'me@-host',
    'ssh://me@host',
    'me:secret@host',
    'host 22',
    'host\n',
    'host,host',
  ])('%j is refused', (text) => {
    expect(parseLoginNode(text)).toBeUndefined();
  });

  it.each([
    ['login.example', 'ssh login.example'],
    ['me@login.example', 'ssh me@login.example'],
    ['login.example:65023', 'ssh -p 65023 login.example'],
    ['me@[::1]:22', 'ssh -p 22 me@::1'],
  ])('%s is tried by hand with: %s', (text, line) => {
    const node = parseLoginNode(text);
    expect(node && sshLineOf(node)).toBe(line);
  });

  it('is tried with the key that it is logged in with', () => {
    const node = { ...parseLoginNode('me@login.example:22'), identityFile: '/home/me/my key' };
    const line = "ssh -i '/home/me/my key' -p 22 me@login.example";
    expect(sshLineOf(node as LoginNode)).toBe(line);
  });

  it.each(['login.example', 'me@login.example:65023', 'me@[::1]:22', 'me@[2001:db8::1]'])(
    'is written as it was read: %s',
    (text) => {
      const node = parseLoginNode(text);
      expect(node && formatLoginNode(node)).toBe(text);
    },
  );
});
