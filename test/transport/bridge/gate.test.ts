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

describe('a request for a file', () => {
  it.each([
    ['the page', ask('GET', '/', ['Host', HOST]), true],
    ['whatever the case of the header', ask('GET', '/page.js', ['hOsT', HOST]), true],
    ['after a header whose value is a name', ask('GET', '/', ['X', 'host', 'Host', HOST]), true],
    ['nothing at all', { rawHeaders: ['Host', HOST] }, false],
    ['no host', ask('GET', '/', []), false],
    ['two hosts', ask('GET', '/', ['Host', HOST, 'host', HOST]), false],
    ['localhost', ask('GET', '/', ['Host', 'localhost:40001']), false],
    ['another port', ask('GET', '/', ['Host', '127.0.0.1:40002']), false],
    ['no port', ask('GET', '/', ['Host', '127.0.0.1']), false],
    ['a trailing dot', ask('GET', '/', ['Host', '127.0.0.1.:40001']), false],
    ['HEAD', ask('HEAD', '/', ['Host', HOST]), false],
    ['POST', ask('POST', '/', FROM_PAGE), false],
  ])('%s is judged', (_, request, isRight) => {
    expect(isFileRequest(request, HOST)).toBe(isRight);
  });
});

describe('an upgrade', () => {
  it('is one of our page when everything is right', () => {
    expect(isDesktopUpgrade(ask('GET', '/desktop', UPGRADE), HOST)).toBe(true);
  });

  it.each([
    ['its protocol in other case', changed('Upgrade', 'WebSocket')],
    ['a nonce of all kinds of letters', changed('Sec-WebSocket-Key', 'Az09+/Az09+/Az09+/Az0A==')],
  ])('with %s is one too', (_, rawHeaders) => {
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
    ['no protocol', 'GET', '/desktop', without('upgrade')],
    ['another protocol', 'GET', '/desktop', changed('Upgrade', 'h2c')],
    ['no nonce', 'GET', '/desktop', without('sec-websocket-key')],
    ['two nonces', 'GET', '/desktop', [...UPGRADE, 'Sec-WebSocket-Key', NONCE]],
    ['a bad nonce', 'GET', '/desktop', changed('Sec-WebSocket-Key', 'x')],
    ['a nonce of 15 bytes', 'GET', '/desktop', changed('Sec-WebSocket-Key', NONCE.slice(1))],
    [
      'a nonce of URL letters',
      'GET',
      '/desktop',
      changed('Sec-WebSocket-Key', NONCE.replace('d', '-')),
    ],
    ['more before its nonce', 'GET', '/desktop', changed('Sec-WebSocket-Key', `x${NONCE}`)],
    ['more behind its nonce', 'GET', '/desktop', changed('Sec-WebSocket-Key', `${NONCE}x`)],
    ['no subprotocol', 'GET', '/desktop', without('sec-websocket-protocol')],
    ['two subprotocols', 'GET', '/desktop', changed('Sec-WebSocket-Protocol', 'binary, x')],
    ['two headers', 'GET', '/desktop', [...UPGRADE, 'Sec-WebSocket-Protocol', 'x']],
  ])('with %s is none', (_, method, url, rawHeaders) => {
    expect(isDesktopUpgrade(ask(method, url, rawHeaders), HOST)).toBe(false);
  });
});
