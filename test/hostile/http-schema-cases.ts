import { type HttpCase, ok, type Results, row, unsafe, unusable } from './http-case.js';
import { dataOf, EXAMPLE, HTML, times, whole } from './http-parts.js';

/** The same for an operation that answers with a session and for one that lists them. */
const forSessions = (results: Results) => ({ create: results, list: results });

/** A session one field of which is this piece of JSON, or is left out. */
function sessionWith(field: string, json: string | undefined): string {
  const fields = Object.entries(EXAMPLE)
    .filter(([name]) => name !== field)
    .map(([name, value]) => `"${name}":${JSON.stringify(value)}`);
  return `{${[...fields, ...(json === undefined ? [] : [`"${field}":${json}`])].join(',')}}`;
}

const session = (title: string, field: string, json: string | undefined, results: Results) =>
  row(title, [whole(dataOf(sessionWith(field, json)))], forSessions(results));
/** A list, as no other operation answers it. */
const list = (title: string, json: string, results: Results) =>
  row(title, [whole(dataOf(json))], { list: results });

const LONG = JSON.stringify('x'.repeat(4_097));
const GOOD_SESSION = JSON.stringify(EXAMPLE);

const WRONG_SHAPES: readonly (readonly [string, string])[] = [
  ['a list', '["x"]'],
  ['an object', '{"a":1}'],
  ['a boolean', 'true'],
  ['a fraction', '1.5'],
  ['a number beyond 2^53', '9007199254740993'],
  ['a text of 4097 characters', LONG],
];

const TEXT_FIELDS = ['id', 'name', 'hostname', 'user', 'jobs', 'createDate'];

export const SCHEMA: readonly HttpCase[] = [
  session('has no sessionId', 'sessionId', undefined, unusable),
  session('has a sessionId that is null', 'sessionId', 'null', unusable),
  session('has an empty sessionId', 'sessionId', '""', unusable),
  session('has a numeric sessionId', 'sessionId', '7', ok),
  ...WRONG_SHAPES.map(([shape, json]) =>
    session(`has a sessionId that is ${shape}`, 'sessionId', json, unusable),
  ),
  session('has no ip', 'ip', undefined, unusable),
  session('has an ip that is null', 'ip', 'null', unusable),
  session('has an empty ip', 'ip', '""', unsafe),
  session('has a numeric ip', 'ip', '167772161', unsafe),
  ...WRONG_SHAPES.map(([shape, json]) =>
    session(`has an ip that is ${shape}`, 'ip', json, unusable),
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
  ].map((ip) => session(`has the ip ${ip}`, 'ip', `"${ip}"`, unsafe)),
  session('has no sid', 'sid', undefined, unusable),
  session('has a sid that is null', 'sid', 'null', unusable),
  session('has a sid that is a list', 'sid', '[4]', unusable),
  session('has a sid that is an object', 'sid', '{"sid":4}', unusable),
  session('has a sid that is a boolean', 'sid', 'true', unusable),
  session('has a sid that is an integer', 'sid', '4', ok),
  ...['""', '0', '-1', '59636', '1.5', '1e3', '9007199254740993', '1e400'].map((json) =>
    session(
      `has the sid ${json}`,
      'sid',
      json,
      json === '1e3' ? ok : json === '1e400' ? ['unsafe.value', 'network.unusableAnswer'] : unsafe,
    ),
  ),
  ...['"04"', '" 4"', '"4 "', '"+4"', '"0x4"', '"4e0"', '"４"', '"4\\u0000"', '"4;id"'].map(
    (json) => session(`has the sid ${json}`, 'sid', json, unsafe),
  ),
  ...TEXT_FIELDS.flatMap((field) => [
    session(`has a ${field} that is null`, field, 'null', ok),
    session(`has a ${field} that is a list`, field, '["x"]', unusable),
    session(`has a ${field} of 4097 characters`, field, LONG, unusable),
  ]),
  ...['width', 'length'].flatMap((field) => [
    session(`has an empty ${field}`, field, '""', ok),
    session(`has a negative ${field}`, field, '-1', unusable),
    session(`has a ${field} of six digits`, field, '"100000"', unusable),
    session(`has a ${field} that is an object`, field, '{}', unusable),
  ]),
  ...['9999-99-99 99:99:99', '0000-00-00 00:00:00', '+275760-09-13', HTML].map((date) =>
    session(`was created at ${date}`, 'createDate', JSON.stringify(date), ok),
  ),
  session('names a field twice', 'sid', '"x","sid":"4"', ok),
  session('names a field twice, the last one wrong', 'sid', '"4","sid":"x"', unsafe),
  session('has fields that nobody knows', 'extra', `{"a":[${GOOD_SESSION}]}`, ok),
  session('sets a prototype', '__proto__', '{"sid":"9","isAdmin":true}', ok),
  session('sets a constructor', 'constructor', '{"prototype":{"sid":"9"}}', ok),
  row(
    'has only a prototype for a session',
    [whole(dataOf(`{"__proto__":${GOOD_SESSION}}`))],
    forSessions(unusable),
  ),
  list('lists one session twice', `[${GOOD_SESSION},${GOOD_SESSION}]`, ok),
  list(
    'lists two sessions with one sid',
    `[${GOOD_SESSION},${sessionWith('sessionId', '"b"')}]`,
    ok,
  ),
  list('lists a page that leads to itself', `{"list":[${GOOD_SESSION}],"next":"?page=1"}`, ok),
  list('lists a page of nothing and a total of many', '{"rows":null,"total":999999}', ok),
  list('lists pages within pages', '{"list":{"list":{"list":[]}}}', unusable),
  list('lists a text for sessions', '{"list":"<b>none</b>"}', unusable),
  list('lists a good session and a bad one', `[${GOOD_SESSION},{}]`, unusable),
  list('lists a session in an unsafe place', `[${sessionWith('ip', '"0.0.0.0"')}]`, unsafe),
  list('lists 2000 sessions', `[${times(2_000, () => GOOD_SESSION)}]`, ok),
  row('leads to a script', [whole(dataOf('"javascript:alert(1)"'))], { launch: unsafe }),
  row('leads to a file', [whole(dataOf('"file:///etc/passwd"'))], { launch: unsafe }),
  row('leads to another place by a name', [whole(dataOf('"//evil.example/x"'))], {
    launch: unsafe,
  }),
  row('leads to a place with a user', [whole(dataOf('"https://a@b.example/"'))], {
    launch: unsafe,
  }),
  row('leads to a place with a line break', [whole(dataOf('"https://a/\\r\\nb"'))], {
    launch: unsafe,
  }),
  row('leads nowhere', [whole(dataOf('""'))], { launch: unusable }),
  row('leads to two places', [whole(dataOf('{"a":"http://a/","b":"http://b/"}'))], {
    launch: unusable,
  }),
  row('leads far', [whole(dataOf(JSON.stringify(`https://a/${'x'.repeat(16_384)}`)))], {
    launch: unusable,
  }),
];
