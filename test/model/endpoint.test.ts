import { describe, expect, it } from 'vitest';
import {
  type Endpoint,
  formatEndpoint,
  formatLoginNode,
  type IpAddress,
  joinHostPort,
  kindOfAddress,
  type LoginNode,
  parseDisplay,
  parseHostName,
  parseIpAddress,
  parseLoginNode,
  parsePort,
  parseUserName,
  portOfDisplay,
  sshLineOf,
} from '../../src/model/endpoint.js';

it.each([
  ['1', 1],
  [4, 4],
  ['59635', 59635],
])('parses display %j', (value, display) => {
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
])('rejects display %j', (value) => {
  expect(parseDisplay(value)).toBeUndefined();
});

it('the port of display N is 5900 + N', () => {
  const display = parseDisplay('4');
  expect(display && portOfDisplay(display)).toBe(5904);
});

it.each(['1', '22', '65535', 5904])('parses port %j', (value) => {
  expect(parsePort(value)).toBe(Number(value));
});

it.each(['0', '65536', '022', '22 ', '', 'ssh', 1.5, Number.NaN, true])(
  'rejects port %j',
  (value) => {
    expect(parsePort(value)).toBeUndefined();
  },
);

it.each([
  ['10.0.41.101', '10.0.41.101:5904'],
  ['2001:db8::1', '[2001:db8::1]:5904'],
])('formats an endpoint on %s as %s', (host, text) => {
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
  ])('%s is parsed', (text, host, port, user) => {
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
  ])('%j is rejected', (text) => {
    expect(parseLoginNode(text)).toBeUndefined();
  });

  it.each([
    ['login.example', 'ssh login.example'],
    ['me@login.example', 'ssh me@login.example'],
    ['login.example:65023', 'ssh -p 65023 login.example'],
    ['me@[::1]:22', 'ssh -p 22 me@::1'],
  ])('%s becomes the command line: %s', (text, line) => {
    const node = parseLoginNode(text);
    expect(node && sshLineOf(node)).toBe(line);
  });

  it('has its identity file in the command line', () => {
    const node = { ...parseLoginNode('me@login.example:22'), identityFile: '/home/me/my key' };
    const line = "ssh -i '/home/me/my key' -p 22 me@login.example";
    expect(sshLineOf(node as LoginNode)).toBe(line);
  });

  it.each(['login.example', 'me@login.example:65023', 'me@[::1]:22', 'me@[2001:db8::1]'])(
    'round-trips through parse and format: %s',
    (text) => {
      const node = parseLoginNode(text);
      expect(node && formatLoginNode(node)).toBe(text);
    },
  );
});

describe('a host name', () => {
  it.each([
    'login.example',
    'a',
    'gv101',
    'A-1.b-2',
    '10.0.41.101',
    '::1',
    'fe80::1',
    '3com.example',
    '1.2.3.4.example',
    'example.3com',
    'a'.repeat(63),
    `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`,
  ])('is accepted unchanged: %s', (text) => {
    expect(parseHostName(text)).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['a leading hyphen, which ssh would read as an option', '-oProxyCommand=x'],
    ['a hyphen at the end of a label', 'a-.example'],
    ['an empty label', 'a..b'],
    ['a dot at the end', 'example.'],
    ['a label of 64', 'a'.repeat(64)],
    ['254 characters', `${'a.'.repeat(126)}bb`],
    ['a blank', 'a b'],
    ['a line feed at the end', 'example\n'],
    ['a command', '$(id)'],
    ['a percent token of ssh', '%h'],
    ['a user', 'me@example'],
    ['a port', 'example:22'],
    ['brackets', '[::1]'],
    ['an underscore', 'a_b'],
    ['Chinese', '登录.example'],
    ['full-width digits', '１.example'],
    ['an ideographic full stop', 'a。b'],
    ['a short IPv4 form', '127.1'],
    ['an IPv4 number', '2130706433'],
    ['an octal IPv4 form', '0177.0.0.1'],
    ['a hexadecimal IPv4 form', '0x7f.0.0.0x1'],
    ['a hexadecimal number at its end', 'example.0x1F'],
    ['a final label 0x', 'example.0x'],
    ['an IPv6 zone', 'fe80::1%eth0'],
    ['a number', 5],
    ['null', null],
  ])('is rejected: %s', (_, value) => {
    expect(parseHostName(value)).toBeUndefined();
  });
});

describe('an IP address', () => {
  it.each([
    ...['0.0.0.0', '10.0.41.101', '249.200.199.99', '255.255.255.255'],
    ...['::', '::1', '2001:db8::1', 'FE80::1'],
  ])('%s is accepted', (text) => {
    expect(parseIpAddress(text)).toBe(text);
  });

  it.each([
    ...['', '1.2.3', '01.2.3.4', '256.1.1.1', '::ffff:127.0.0.1', 'fe80::1%lo', '[::1]', 'a.b'],
    ...['1.2.3.4.5', '1.2.3.4.', ':::', '1::2::3', 'beef', '12345::', 1, null, ['10.0.41.101']],
  ])('%j is rejected', (value) => {
    expect(parseIpAddress(value)).toBeUndefined();
  });
});

it.each([
  ['10.0.41.101', 'ordinary'],
  ['223.255.255.254', 'ordinary'],
  ['169.253.1.1', 'ordinary'],
  ['2001:db8::1', 'ordinary'],
  ['10.254.1.1', 'ordinary'],
  ['fd00::1', 'ordinary'],
  ['3fff::1', 'ordinary'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['0:0:0:0:0:0:0:1', 'loopback'],
  ['0.0.0.0', 'never'],
  ['169.254.169.254', 'never'],
  ['224.0.0.1', 'never'],
  ['255.255.255.255', 'never'],
  ['::', 'never'],
  ['::ffff:7f00:1', 'never'],
  ['64:ff9b::7f00:1', 'never'],
  ['2002:7f00:1::', 'never'],
  ['fe80::1', 'never'],
  ['fe80::2001:1', 'never'],
  ['fe80::fd00:1', 'never'],
  ['febf::1', 'never'],
  ['FF02::1', 'never'],
])('classifies %s as %s', (address, kind) => {
  expect(kindOfAddress(address as IpAddress)).toBe(kind);
});

describe('a user name', () => {
  it.each(['me', 'test_1215', 'a.b-c', '_x', '9lives', 'a'.repeat(64)])('may be %s', (text) => {
    expect(parseUserName(text)).toBe(text);
  });

  it.each(['', '-l', '.a', 'a b', 'a@b', 'a'.repeat(65), 'a\n', '用户', 'a;b', 7, ['me']])(
    'may not be %j',
    (value) => {
      expect(parseUserName(value)).toBeUndefined();
    },
  );
});

it('puts brackets around an IPv6 literal only', () => {
  expect(joinHostPort('10.0.0.1', 5904)).toBe('10.0.0.1:5904');
  expect(joinHostPort('::1', 5904)).toBe('[::1]:5904');
});
