import { type HttpCase, ok, type Results, row, unsafe, unusable } from './http-case.js';
import { dataOf, EXAMPLE, HTML, times, whole } from './http-parts.js';

/** The same results for creating a session and for listing sessions. */
const forSessions = (results: Results) => ({ create: results, list: results });

/** A session with one field replaced by this JSON, or omitted. */
function sessionWith(field: string, json: string | undefined): string {
  const fields = Object.entries(EXAMPLE)
    .filter(([name]) => name !== field)
    .map(([name, value]) => `"${name}":${JSON.stringify(value)}`);
  return `{${[...fields, ...(json === undefined ? [] : [`"${field}":${json}`])].join(',')}}`;
}

const session = (title: string, field: string, json: string | undefined, results: Results) =>
  row(title, [whole(dataOf(sessionWith(field, json)))], forSessions(results));
/** A list, which only one operation receives. */
const list = (title: string, json: string, results: Results) =>
  row(title, [whole(dataOf(json))], { list: results });

const LONG = JSON.stringify('x'.repeat(4_097));
const GOOD_SESSION = JSON.stringify(EXAMPLE);

const WRONG_SHAPES: readonly (readonly [string, string])[] = [
  ['an array', '["x"]'],
  ['an object', '{"a":1}'],
  ['a boolean', 'true'],
  ['a fraction', '1.5'],
  ['a number beyond 2^53', '9007199254740993'],
  ['a string of 4097 characters', LONG],
];

const TEXT_FIELDS = ['id', 'name', 'hostname', 'user', 'jobs', 'createDate'];

export const SCHEMA: readonly HttpCase[] = [
  session('sends no sessionId', 'sessionId', undefined, unusable),
  session('sends a sessionId that is null', 'sessionId', 'null', unusable),
  session('sends an empty sessionId', 'sessionId', '""', unusable),
  session('sends a numeric sessionId', 'sessionId', '7', ok),
  ...WRONG_SHAPES.map(([shape, json]) =>
    session(`sends a sessionId that is ${shape}`, 'sessionId', json, unusable),
  ),
  session('sends no ip', 'ip', undefined, unusable),
  session('sends an ip that is null', 'ip', 'null', unusable),
  session('sends an empty ip', 'ip', '""', unsafe),
  session('sends a numeric ip', 'ip', '167772161', unsafe),
  ...WRONG_SHAPES.map(([shape, json]) =>
    session(`sends an ip that is ${shape}`, 'ip', json, unusable),
  ),
  ...[
    '0.0.0.0',
    '169.254.169.254',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1',
    '::ffff:10.0.0.1',
    '010.0.0.1',
    '0x0a000001',
    '10.1',
    'localhost',
    'gv101.example',
    '10.0.0.1:22',
    '[::1]',
    '-oProxyCommand=id',
    '$' + '{HOME}',
    '10.0.0.1\\n',
    ' 10.0.0.1',
    HTML,
  ].map((ip) => session(`sends the ip ${ip}`, 'ip', `"${ip}"`, unsafe)),
  session('sends no sid', 'sid', undefined, unusable),
  session('sends a sid that is null', 'sid', 'null', unusable),
  session('sends a sid that is an array', 'sid', '[4]', unusable),
  session('sends a sid that is an object', 'sid', '{"sid":4}', unusable),
  session('sends a sid that is a boolean', 'sid', 'true', unusable),
  session('sends a sid that is an integer', 'sid', '4', ok),
  ...['""', '0', '-1', '59636', '1.5', '1e3', '9007199254740993', '1e400'].map((json) =>
    session(
      `sends the sid ${json}`,
      'sid',
      json,
      json === '1e3' ? ok : json === '1e400' ? ['unsafe.value', 'network.unusableAnswer'] : unsafe,
    ),
  ),
  ...['"04"', '" 4"', '"4 "', '"+4"', '"0x4"', '"4e0"', '"４"', '"4\\u0000"', '"4;id"'].map(
    (json) => session(`sends the sid ${json}`, 'sid', json, unsafe),
  ),
  ...TEXT_FIELDS.flatMap((field) => [
    session(`sends a ${field} that is null`, field, 'null', ok),
    session(`sends a ${field} that is an array`, field, '["x"]', unusable),
    session(`sends a ${field} of 4097 characters`, field, LONG, unusable),
  ]),
  ...['width', 'length'].flatMap((field) => [
    session(`sends an empty ${field}`, field, '""', ok),
    session(`sends a negative ${field}`, field, '-1', unusable),
    session(`sends a ${field} of six digits`, field, '"100000"', unusable),
    session(`sends a ${field} that is an object`, field, '{}', unusable),
  ]),
  ...['9999-99-99 99:99:99', '0000-00-00 00:00:00', '+275760-09-13', HTML].map((date) =>
    session(`sends the createDate ${date}`, 'createDate', JSON.stringify(date), ok),
  ),
  session('sends a field twice', 'sid', '"x","sid":"4"', ok),
  session('sends a field twice, the last one invalid', 'sid', '"4","sid":"x"', unsafe),
  session('sends unknown fields', 'extra', `{"a":[${GOOD_SESSION}]}`, ok),
  session('sends __proto__', '__proto__', '{"sid":"9","isAdmin":true}', ok),
  session('sends constructor', 'constructor', '{"prototype":{"sid":"9"}}', ok),
  row(
    'sends a session only in __proto__',
    [whole(dataOf(`{"__proto__":${GOOD_SESSION}}`))],
    forSessions(unusable),
  ),
  list('lists one session twice', `[${GOOD_SESSION},${GOOD_SESSION}]`, ok),
  list(
    'lists two sessions with the same sid',
    `[${GOOD_SESSION},${sessionWith('sessionId', '"b"')}]`,
    ok,
  ),
  list('lists a page whose next page is itself', `{"list":[${GOOD_SESSION}],"next":"?page=1"}`, ok),
  list('lists null rows and a large total', '{"rows":null,"total":999999}', ok),
  list('lists nested pages', '{"list":{"list":{"list":[]}}}', unusable),
  list('lists a string instead of sessions', '{"list":"<b>none</b>"}', unusable),
  list('lists a valid and an invalid session', `[${GOOD_SESSION},{}]`, unusable),
  list('lists a session with an unsafe ip', `[${sessionWith('ip', '"0.0.0.0"')}]`, unsafe),
  list('lists 2000 sessions', `[${times(2_000, () => GOOD_SESSION)}]`, ok),
  row('returns a javascript: launch URL', [whole(dataOf('"javascript:alert(1)"'))], {
    launch: unsafe,
  }),
  row('returns a file: launch URL', [whole(dataOf('"file:///etc/passwd"'))], { launch: unsafe }),
  row('returns a launch URL without a scheme', [whole(dataOf('"//evil.example/x"'))], {
    launch: unsafe,
  }),
  row('returns a launch URL with a user', [whole(dataOf('"https://a@b.example/"'))], {
    launch: unsafe,
  }),
  row('returns a launch URL with a line break', [whole(dataOf('"https://a/\\r\\nb"'))], {
    launch: unsafe,
  }),
  row('returns an empty launch URL', [whole(dataOf('""'))], { launch: unusable }),
  row('returns two launch URLs', [whole(dataOf('{"a":"http://a/","b":"http://b/"}'))], {
    launch: unusable,
  }),
  row(
    'returns a launch URL of 16 KiB',
    [whole(dataOf(JSON.stringify(`https://a/${'x'.repeat(16_384)}`)))],
    { launch: unusable },
  ),
];
