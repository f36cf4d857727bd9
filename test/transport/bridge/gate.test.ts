import { describe, expect, it } from 'vitest';
import {
  isDesktopUpgrade,
  isFileRequest,
  type RequestFacts,
} from '../../../src/transport/bridge/gate.js';

const HOST = '127.0.0.1:40001';
const FROM_PAGE = ['Host', HOST, 'Origin', `http://${HOST}`];
const NONCE = 'dGhlIHNhbXBsZSBub25jZQ==';
const UPGRADE = [
  ...FROM_PAGE,
  ...['Connection', 'Upgrade', 'Upgrade', 'websocket', 'Sec-WebSocket-Version', '13'],
  ...['Sec-WebSocket-Key', NONCE, 'Sec-WebSocket-Protocol', 'binary'],
];

const ask = (method: string, url: string, rawHeaders: string[]): RequestFacts => ({
  method,
  url,
  rawHeaders,
});
const without = (name: string) =>
  UPGRADE.filter((_, place) => UPGRADE[place - (place % 2)]?.toLowerCase() !== name);
const changed = (name: string, value: string) => [...without(name.toLowerCase()), name, value];

describe('isFileRequest', () => {
  it.each([
    ['accepts GET with the right Host', ask('GET', '/', ['Host', HOST]), true],
    ['accepts Host in any letter case', ask('GET', '/page.js', ['hOsT', HOST]), true],
    ['accepts “host” as a header value', ask('GET', '/', ['X', 'host', 'Host', HOST]), true],
    ['rejects a request without a method', { rawHeaders: ['Host', HOST] }, false],
    ['rejects no Host', ask('GET', '/', []), false],
    ['rejects two Hosts', ask('GET', '/', ['Host', HOST, 'host', HOST]), false],
    ['rejects localhost', ask('GET', '/', ['Host', 'localhost:40001']), false],
    ['rejects another port', ask('GET', '/', ['Host', '127.0.0.1:40002']), false],
    ['rejects no port', ask('GET', '/', ['Host', '127.0.0.1']), false],
    ['rejects a trailing dot', ask('GET', '/', ['Host', '127.0.0.1.:40001']), false],
    ['rejects HEAD', ask('HEAD', '/', ['Host', HOST]), false],
    ['rejects POST', ask('POST', '/', FROM_PAGE), false],
  ])('%s', (_, request, isRight) => {
    expect(isFileRequest(request, HOST)).toBe(isRight);
  });
});

describe('an upgrade request', () => {
  it('is accepted with all required headers', () => {
    expect(isDesktopUpgrade(ask('GET', '/desktop', UPGRADE), HOST)).toBe(true);
  });

  it.each([
    ['Upgrade in another letter case', changed('Upgrade', 'WebSocket')],
    ['a key that contains + and /', changed('Sec-WebSocket-Key', 'Az09+/Az09+/Az09+/Az0A==')],
  ])('with %s is accepted', (_, rawHeaders) => {
    expect(isDesktopUpgrade(ask('GET', '/desktop', rawHeaders), HOST)).toBe(true);
  });

  it.each([
    ['another method', 'POST', '/desktop', UPGRADE],
    ['another path', 'GET', '/desktop/', UPGRADE],
    ['a query', 'GET', '/desktop?a', UPGRADE],
    ['no Host', 'GET', '/desktop', without('host')],
    ['another Host', 'GET', '/desktop', changed('Host', 'evil.test:40001')],
    ['no Origin', 'GET', '/desktop', without('origin')],
    ['another Origin', 'GET', '/desktop', changed('Origin', 'http://evil.test')],
    ['two Origins', 'GET', '/desktop', [...UPGRADE, 'Origin', `http://${HOST}`]],
    ['no version', 'GET', '/desktop', without('sec-websocket-version')],
    ['version 8', 'GET', '/desktop', changed('Sec-WebSocket-Version', '8')],
    ['two versions', 'GET', '/desktop', [...UPGRADE, 'Sec-WebSocket-Version', '13']],
    ['no Upgrade header', 'GET', '/desktop', without('upgrade')],
    ['another Upgrade protocol', 'GET', '/desktop', changed('Upgrade', 'h2c')],
    ['no key', 'GET', '/desktop', without('sec-websocket-key')],
    ['two keys', 'GET', '/desktop', [...UPGRADE, 'Sec-WebSocket-Key', NONCE]],
    ['an invalid key', 'GET', '/desktop', changed('Sec-WebSocket-Key', 'x')],
    ['a key of 15 bytes', 'GET', '/desktop', changed('Sec-WebSocket-Key', NONCE.slice(1))],
    [
      'a key in base64url encoding',
      'GET',
      '/desktop',
      changed('Sec-WebSocket-Key', NONCE.replace('d', '-')),
    ],
    ['a prefix before the key', 'GET', '/desktop', changed('Sec-WebSocket-Key', `x${NONCE}`)],
    ['a suffix after the key', 'GET', '/desktop', changed('Sec-WebSocket-Key', `${NONCE}x`)],
    ['no subprotocol', 'GET', '/desktop', without('sec-websocket-protocol')],
    ['two subprotocols', 'GET', '/desktop', changed('Sec-WebSocket-Protocol', 'binary, x')],
    ['two subprotocol headers', 'GET', '/desktop', [...UPGRADE, 'Sec-WebSocket-Protocol', 'x']],
  ])('with %s is rejected', (_, method, url, rawHeaders) => {
    expect(isDesktopUpgrade(ask(method, url, rawHeaders), HOST)).toBe(false);
  });
});
