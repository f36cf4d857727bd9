import { describe, expect, it } from 'vitest';
import { answer, reply, type Step } from '../../helpers/scripted-server.js';
import { createTestPlatform, EXAMPLE, errorOf, startServer } from './test-platform.js';

const OK = 'HTTP/1.1 200 OK\r\n';
const JSON_OK = JSON.stringify({ code: '0', msg: 'success', data: EXAMPLE });
const MIB = 1024 * 1024;

const withData = (changes: object) => reply('0', { ...EXAMPLE, ...changes });
const without = (field: keyof typeof EXAMPLE) => withData({ [field]: undefined });
const html = (status: number) =>
  answer('<html><h1>Gateway</h1></html>', { status, headers: { 'content-type': 'text/html' } });

async function create(...scripts: Step[][]): Promise<unknown> {
  const server = await startServer(...scripts);
  return createTestPlatform(server.origin).createSession();
}

describe('an accepted response', () => {
  it.each<[string, Step[]]>([
    ['a code as a number', answer(JSON_OK.replace('"0"', '0'))],
    ['message instead of msg', answer(JSON_OK.replace('msg', 'message'))],
    ['no msg', answer(JSON.stringify({ code: '0', data: EXAMPLE }))],
    ['msg null', answer(JSON.stringify({ code: '0', msg: null, data: EXAMPLE }))],
    ['a byte order mark', answer(`\ufeff${JSON_OK}`)],
    ['JSON called text/plain', answer(JSON_OK, { headers: { 'content-type': 'text/plain' } })],
    ['JSON called text/html', answer(JSON_OK, { headers: { 'content-type': 'text/html' } })],
    ['status 201', answer(JSON_OK, { status: 201 })],
    [
      'content-encoding: identity',
      answer(JSON_OK, { headers: { 'content-encoding': 'identity' } }),
    ],
    ['numbers instead of strings', withData({ sid: 4, width: 1920, length: 1080, id: 7 })],
    ['no jobs, no date, no size', withData({ jobs: null, createDate: undefined, width: '' })],
    ['a body that ends with the connection', [{ send: `${OK}\r\n${JSON_OK}` }, { close: 'end' }]],
    [
      'ten interim responses',
      [{ send: 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(10) }, ...answer(JSON_OK)],
    ],
    ['64 levels', answer(JSON_OK.replace('{', `{"x":${'['.repeat(63)}${']'.repeat(63)},`))],
    ['brackets inside strings', answer(JSON_OK.replace('{', `{"x":"\\"${'['.repeat(99)}",`))],
    [
      'chunks of one byte',
      [{ send: `${OK}transfer-encoding: chunked\r\n\r\n` }, { send: chunked(JSON_OK, 1) }],
    ],
  ])('may have %s', async (_, script) => {
    await expect(create(script)).resolves.toMatchObject({ display: 4, port: 5904 });
  });
});

describe('an unusable response', () => {
  it.each<[string, Step[], string]>([
    ['HTML with 200', html(200), 'HTTP 200, text/html: JSON'],
    ['HTML with 404', html(404), 'HTTP 404, text/html'],
    ['HTML with 405', html(405), 'HTTP 405, text/html'],
    ['HTML with 500', html(500), 'HTTP 500, text/html'],
    ['HTML with 502', html(502), 'HTTP 502, text/html'],
    ['success with 500', answer(JSON_OK, { status: 500 }), 'HTTP 500, application/json'],
    ['no body', answer(''), 'HTTP 200, application/json: no body'],
    ['no body by status', [{ send: 'HTTP/1.1 204 No Content\r\n\r\n' }], 'HTTP 204: no body'],
    ['truncated JSON', answer(JSON_OK.slice(0, -2)), 'HTTP 200, application/json: JSON'],
    ['JSONP', answer(`call(${JSON_OK})`), 'HTTP 200, application/json: JSON'],
    ['UTF-16', answer(Buffer.from(JSON_OK, 'utf16le')), 'HTTP 200, application/json: JSON'],
    [
      'invalid UTF-8',
      answer(Buffer.from('{"code":"\xff"}', 'latin1')),
      'HTTP 200, application/json: UTF-8',
    ],
    ['null', answer('null'), 'JSON ≠ Object'],
    ['a string', answer('"SECRET"'), 'JSON ≠ Object'],
    ['a number', answer('7'), 'JSON ≠ Object'],
    ['a list', answer('[]'), 'code ≠ "code"'],
    ['no code', answer(JSON.stringify({ data: EXAMPLE })), 'code ≠ "code"'],
    ['an array as the code', answer('{"code":[]}'), 'code ≠ (string | number)'],
    ['no data', answer('{"code":"0"}'), 'data ≠ Object'],
    ['data null', reply('0', null), 'data ≠ Object'],
    ['data a string', reply('0', 'SECRET'), 'data ≠ Object'],
    ['data a list', reply('0', []), 'data.sessionId ≠ "sessionId"'],
    ['no sid', without('sid'), 'data.sid ≠ "sid"'],
    ['no ip', without('ip'), 'data.ip ≠ "ip"'],
    ['no session id', without('sessionId'), 'data.sessionId ≠ "sessionId"'],
    ['an empty session id', withData({ sessionId: '' }), 'data.sessionId ≠ !0'],
    ['sid null', withData({ sid: null }), 'data.sid ≠ (string | number)'],
    ['sid true', withData({ sid: true }), 'data.sid ≠ (string | number)'],
    ['sid a list', withData({ sid: ['4'] }), 'data.sid ≠ (string | number)'],
    ['ip an object', withData({ ip: {} }), 'data.ip ≠ (string | number)'],
    ['a width that is no number', withData({ width: 'SECRET' }), 'data.width ≠ /^\\d{0,5}$/'],
    ['a name of 5 KiB', withData({ name: 'x'.repeat(5120) }), 'data.name ≠ <=4096'],
    [
      '65 levels',
      answer(`${'['.repeat(65)}${']'.repeat(65)}`),
      'HTTP 200, application/json: JSON depth > 64',
    ],
    [
      '100 000 levels',
      answer('{"x":'.repeat(100_000)),
      'HTTP 200, application/json: JSON depth > 64',
    ],
    ['9 MiB, declared', answer('x'.repeat(9 * MIB)), 'body > 8 MiB'],
    ['10 GB, declared', [{ send: `${OK}content-length: 10000000000\r\n\r\n` }], 'body > 8 MiB'],
    [
      'no end',
      [{ send: `${OK}\r\n` }, { drip: Buffer.alloc(MIB, ' '), everyMs: 1 }],
      'body > 8 MiB',
    ],
    ['gzip', answer(JSON_OK, { headers: { 'content-encoding': 'gzip' } }), 'content-encoding'],
    ['br', answer(JSON_OK, { headers: { 'content-encoding': 'br' } }), 'content-encoding'],
    [
      'gzip beside identity',
      answer(JSON_OK, { headers: { 'content-encoding': 'identity, gzip' } }),
      'content-encoding',
    ],
    [
      'eleven interim responses',
      [{ send: 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(11) }],
      'HTTP 1xx > 10',
    ],
    [
      'endless interim responses',
      [{ drip: 'HTTP/1.1 102 P\r\n\r\n', everyMs: 1 }],
      'HTTP 1xx > 10',
    ],
    ['an SSH banner', [{ send: 'SSH-2.0-OpenSSH_9.2\r\n' }], 'HTTP'],
    ['a version that does not exist', [{ send: 'HTTP/7.7 200 OK\r\n\r\n' }], 'HTTP'],
    [
      'two lengths',
      [{ send: `${OK}content-length: 1\r\ncontent-length: 2\r\n\r\nxx` }],
      'content-length',
    ],
    ['a negative length', [{ send: `${OK}content-length: -1\r\n\r\n` }], 'HTTP'],
    [
      'length and chunks',
      [{ send: `${OK}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n` }],
      'content-length',
    ],
    ['a bad chunk', [{ send: `${OK}transfer-encoding: chunked\r\n\r\nZZ\r\n` }], 'HTTP'],
    ['NUL in a header', [{ send: `${OK}x: a\0b\r\n\r\n` }], 'HTTP'],
    [
      '17 KiB of headers',
      [{ send: `${OK}x: ${'y'.repeat(17 * 1024)}\r\n\r\n` }],
      'headers > 16 KiB',
    ],
    [
      'fewer bytes than declared',
      [{ send: `${OK}content-length: 99\r\n\r\n{` }, { close: 'end' }],
      'truncated',
    ],
    [
      'no last chunk',
      [{ send: `${OK}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n` }, { close: 'end' }],
      'truncated',
    ],
    [
      'a reset in the body',
      [{ send: `${OK}content-length: 99\r\n\r\n{` }, { close: 'reset' }],
      'truncated',
    ],
  ])('is reported with endpoint and problem: %s', async (_, script, problem) => {
    const error = await errorOf(create(script));
    expect({ code: error.code, ...error.details }).toEqual({
      code: 'network.unusableAnswer',
      endpoint: 'vnc-create',
      problem,
    });
  });

  it('includes a list of more than 10 000 sessions', async () => {
    const server = await startServer(reply('0', Array(10_001).fill(0)));
    const error = await errorOf(createTestPlatform(server.origin).listSessions());
    expect(error.details).toMatchObject({ endpoint: 'vnc-list' });
  });
});

function chunked(text: string, length: number): string {
  const pieces = text.match(new RegExp(`.{1,${length}}`, 'gs')) ?? [];
  return `${pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join('')}0\r\n\r\n`;
}
