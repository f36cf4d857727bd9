import { BlockList, isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import {
  formatLoginNode,
  kindOfAddress,
  parseHostName,
  parseIpAddress,
  parseLoginNode,
  parseUserName,
} from '../../src/model/endpoint.js';
import { property } from './property.js';
import { almost, anyText } from './texts.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const LDH = `${LETTERS}${DIGITS}-`;
const consistsOf = (text: string, characters: string) =>
  [...text].every((character) => characters.includes(character));

const label = fc
  .tuple(
    fc.constantFrom(...LETTERS, ...DIGITS),
    fc.string({ unit: fc.constantFrom(...LDH), maxLength: 61 }),
    fc.constantFrom(...LETTERS),
  )
  .map((parts) => parts.join(''));
const hostName = fc
  .array(label, { minLength: 1, maxLength: 4 })
  .map((labels) => labels.join('.'))
  .filter((name) => name.length <= 253 && !/^0x[\da-f]*$/i.test(name.split('.').at(-1) ?? ''));
const ipText = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4Extended(),
  almost('0123456789.', 16),
  almost('0123456789abcdefABCDEF:', 40),
  fc.tuple(fc.ipV6(), fc.constantFrom('%eth0', '%25', '/64', ' ')).map((parts) => parts.join('')),
);
const userName = fc
  .tuple(
    fc.constantFrom(...LETTERS, ...DIGITS, '_'),
    fc.string({ unit: fc.constantFrom(...LDH, '.', '_'), maxLength: 63 }),
  )
  .map((parts) => parts.join(''));
const loginNode = fc
  .tuple(
    fc.option(fc.oneof(userName, anyText)),
    fc.oneof(
      hostName,
      fc.ipV4(),
      fc.ipV6(),
      fc.ipV6().map((ip) => `[${ip}]`),
      anyText,
    ),
    fc.option(fc.oneof(fc.integer({ min: -1, max: 70_000 }).map(String), anyText)),
  )
  .map(([user, host, port]) =>
    [user === null ? '' : `${user}@`, host, port === null ? '' : `:${port}`].join(''),
  );

/** Addresses that a server must not direct us to (RFC 6890). */
const NEVER = { ipv4: new BlockList(), ipv6: new BlockList() };
NEVER.ipv4.addSubnet('0.0.0.0', 8, 'ipv4');
NEVER.ipv4.addSubnet('127.0.0.0', 8, 'ipv4');
NEVER.ipv4.addSubnet('169.254.0.0', 16, 'ipv4');
NEVER.ipv4.addSubnet('224.0.0.0', 3, 'ipv4');
NEVER.ipv6.addSubnet('::', 127, 'ipv6');
NEVER.ipv6.addSubnet('::ffff:0:0', 96, 'ipv6');
NEVER.ipv6.addSubnet('64:ff9b::', 96, 'ipv6');
NEVER.ipv6.addSubnet('fe80::', 10, 'ipv6');
NEVER.ipv6.addSubnet('ff00::', 8, 'ipv6');
const group = fc.constantFrom(
  '0',
  '0000',
  '1',
  'ffff',
  'fe80',
  'FEBF',
  'ff02',
  '64',
  'ff9b',
  '7f00',
);
const dangerousIp = fc.oneof(
  fc.ipV4(),
  fc
    .tuple(fc.constantFrom(0, 10, 127, 169, 224, 255), fc.nat(255), fc.nat(255), fc.nat(255))
    .map((octets) => octets.join('.')),
  fc.constantFrom(...['169.254.169.254', '::', '::1', '0:0:0:0:0:0:0:1', 'fe80::1', '2001:db8::1']),
  fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':')),
  fc.array(group, { minLength: 1, maxLength: 6 }).map((groups) => `::${groups.join(':')}`),
  fc.ipV6().filter((ip) => !ip.includes('.')),
);

property(
  'an accepted host has only letters, digits, dots, colons and inner hyphens',
  2_000,
  fc.oneof(almost(`${LDH}.`), almost('0123456789abcdef.:'), ipText, anyText),
  (text) => {
    if (parseHostName(text) === undefined) return true;
    const isSafe = consistsOf(text, `${LDH}.:`) && text.length <= 253 && text !== '';
    return isSafe && !/(^|\.)-|-(\.|$)/.test(text) && (!text.includes(':') || isIPv6(text));
  },
);

property(
  'a host of valid labels is accepted unchanged',
  1_000,
  hostName,
  (name) => parseHostName(name) === name,
);

property(
  'a host with invalid characters inserted is rejected',
  1_000,
  fc.tuple(
    hostName,
    fc.nat(),
    anyText.filter((text) => !/^[\w.:-]*$/.test(text) || text.includes('_')),
  ),
  ([name, at, text]) => {
    const place = at % (name.length + 1);
    return parseHostName(name.slice(0, place) + text + name.slice(place)) === undefined;
  },
);

property(
  'parseIpAddress agrees with Node, except for zones and IPv4 embedded in IPv6',
  2_000,
  ipText,
  (text) => {
    const isOurs = isIPv4(text) || (isIPv6(text) && !/[%.]/.test(text));
    return parseIpAddress(text) === (isOurs ? text : undefined);
  },
);

property(
  'an address that a server must not direct us to is never ordinary',
  1_500,
  dangerousIp,
  (text) => {
    const address = parseIpAddress(text);
    if (address === undefined) return true;
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    const isBarred = NEVER[family].check(address, family);
    return !isBarred || kindOfAddress(address) !== 'ordinary';
  },
);

property(
  'a user name is accepted exactly when it is short and has no special characters',
  1_200,
  fc.oneof(almost(`${LDH}._`, 66), anyText),
  (text) => {
    const isName = consistsOf(text, `${LDH}._`) && /^[^.-]/.test(text) && text.length <= 64;
    return (parseUserName(text) !== undefined) === isName;
  },
);

property(
  'an accepted login node round-trips through format and parse unchanged',
  1_200,
  loginNode,
  (text) => {
    const node = parseLoginNode(text);
    if (node === undefined) return true;
    const again = parseLoginNode(formatLoginNode(node));
    const isSame = again?.host === node.host && again.port === node.port;
    return isSame && again.user === node.user && !/[\s\0'"`$\\;&|<>()%]/.test(text);
  },
);
