import { describe, expect, it } from 'vitest';
import {
  admitRequest,
  keyOfUpgrade,
  type RequestFacts,
} from '../../../src/transport/bridge/gate.js';

const HOST = '127.0.0.1:40001';
const BRIDGE = { host: HOST, paths: new Set(['/', '/page.js']) };
const FROM_PAGE = ['Host', HOST, 'Origin', `http://${HOST}`];
const KEY = 'k'.repeat(43);
const NONCE = 'dGhlIHNhbXBsZSBub25jZQ==';
const UPGRADE = [
  ...FROM_PAGE,
  ...['Connection', 'Upgrade', 'Upgrade', 'websocket', 'Sec-WebSocket-Version', '13'],
  ...['Sec-WebSocket-Key', NONCE, 'Sec-WebSocket-Protocol', `binary, ${KEY}`],
];

const ask = (method: string, url: string, rawHeaders: readonly string[]): RequestFacts => ({
  method,
  url,
  rawHeaders,
});
const without = (name: string) =>
  UPGRADE.filter((_, place) => UPGRADE[place - (place % 2)]?.toLowerCase() !== name);
const changed = (name: string, value: string) => [...without(name.toLowerCase()), name, value];

describe('a request', () => {
  it.each([
    ['the page', ask('GET', '/', ['Host', HOST]), 'file'],
    ['a file, whatever the case of the header', ask('GET', '/page.js', ['hOsT', HOST]), 'file'],
    ['a session, from the page', ask('POST', '/session', FROM_PAGE), 'session'],
    [
      'a session, headers in another order',
      ask('POST', '/session', [...FROM_PAGE.slice(2), ...FROM_PAGE.slice(0, 2)]),
      'session',
    ],
    [
      'a file, after a header whose value is a name',
      ask('GET', '/', ['X', 'host', 'Host', HOST]),
      'file',
    ],
    ['nothing at all', { rawHeaders: ['Host', HOST] }, 'refused'],
    ['no path', { method: 'GET', rawHeaders: ['Host', HOST] }, 'refused'],
    ['another path', ask('POST', '/sessions', FROM_PAGE), 'refused'],
    ['no host', ask('GET', '/', []), 'refused'],
    ['two hosts', ask('GET', '/', ['Host', HOST, 'host', HOST]), 'refused'],
    ['localhost', ask('GET', '/', ['Host', 'localhost:40001']), 'refused'],
    ['another port', ask('GET', '/', ['Host', '127.0.0.1:40002']), 'refused'],
    ['no port', ask('GET', '/', ['Host', '127.0.0.1']), 'refused'],
    ['a trailing dot', ask('GET', '/', ['Host', '127.0.0.1.:40001']), 'refused'],
    ['a query', ask('GET', '/?a', ['Host', HOST]), 'refused'],
    ['a whole URL', ask('GET', `http://${HOST}/`, ['Host', HOST]), 'refused'],
    ['a way up', ask('GET', '/../page.js', ['Host', HOST]), 'refused'],
    ['an encoded path', ask('GET', '/%70age.js', ['Host', HOST]), 'refused'],
    ['HEAD', ask('HEAD', '/', ['Host', HOST]), 'refused'],
    ['OPTIONS', ask('OPTIONS', '/session', FROM_PAGE), 'refused'],
    ['a session by GET', ask('GET', '/session', FROM_PAGE), 'refused'],
    ['a session without Origin', ask('POST', '/session', ['Host', HOST]), 'refused'],
    [
      'a session, another Host',
      ask('POST', '/session', ['Host', 'evil.test:40001', 'Origin', `http://${HOST}`]),
      'refused',
    ],
    ['a session of null', ask('POST', '/session', ['Host', HOST, 'Origin', 'null']), 'refused'],
    [
      'a session over https',
      ask('POST', '/session', ['Host', HOST, 'Origin', `https://${HOST}`]),
      'refused',
    ],
  ])('for %s is judged', (_, request, kind) => {
    expect(admitRequest(request, BRIDGE).kind).toBe(kind);
  });
});

describe('an upgrade', () => {
  it('brings its key when everything is right', () => {
    expect(keyOfUpgrade(ask('GET', '/desktop', UPGRADE), HOST)).toBe(KEY);
  });

  it.each([
    ['no blank in its list', changed('Sec-WebSocket-Protocol', `binary,${KEY}`)],
    ['its protocol in other case', changed('Upgrade', 'WebSocket')],
    ['a nonce of all kinds of letters', changed('Sec-WebSocket-Key', 'Az09+/Az09+/Az09+/Az0A==')],
  ])('with %s brings its key too', (_, rawHeaders) => {
    expect(keyOfUpgrade(ask('GET', '/desktop', rawHeaders), HOST)).toBe(KEY);
  });

  it.each([
    ['another method', 'POST', '/desktop', UPGRADE],
    ['another path', 'GET', '/desktop/', UPGRADE],
    ['the key in the query', 'GET', `/desktop?key=${KEY}`, UPGRADE],
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
    ['the key first', 'GET', '/desktop', changed('Sec-WebSocket-Protocol', `${KEY}, binary`)],
    ['three', 'GET', '/desktop', changed('Sec-WebSocket-Protocol', `binary, ${KEY}, x`)],
    ['two headers', 'GET', '/desktop', [...UPGRADE, 'Sec-WebSocket-Protocol', KEY]],
  ])('with %s brings none', (_, method, url, rawHeaders) => {
    expect(keyOfUpgrade(ask(method, url, rawHeaders), HOST)).toBeUndefined();
  });

  it('without a key brings none', () => {
    const request = ask('GET', '/desktop', changed('Sec-WebSocket-Protocol', 'binary'));
    expect(keyOfUpgrade(request, HOST)).toBeUndefined();
  });
});
