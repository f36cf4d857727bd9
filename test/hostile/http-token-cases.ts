import { type HttpCase, ok, type Result, type Results, row, unusable } from './http-case.js';
import { dataOf, end, head, html, length, reset, say, whole } from './http-parts.js';

const REJECTED: Results = ['auth.rejected'];
const EXPIRED: Results = ['auth.expired'];
const FORBIDDEN: Results = ['platform.forbidden'];

/** A login response with one cluster whose token is this JSON. */
const logIn = (title: string, token: string, results: Results) =>
  row(title, [whole(dataOf(`[{"clusterId":"1","clusterName":"x","token":${token}}]`))], {
    key: results,
    password: results,
  });
/** A renewal response with this JSON as its data. */
const renewal = (title: string, json: string, results: Results) =>
  row(title, [whole(dataOf(json))], { renew: results });
const every = (results: Results) => ({ key: results, password: results, renew: results });
const refusal = (
  title: string,
  body: string,
  outcome: Readonly<Record<'key' | 'renew' | 'check', readonly Result[]>>,
  status = 200,
) => row(title, [whole(body, status)], outcome);

const claims = (json: string) =>
  JSON.stringify(`eyJhbGciOiJub25lIn0.${Buffer.from(json).toString('base64url')}.`);

/** Invalid tokens. */
const NO_TOKENS: readonly (readonly [string, string])[] = [
  ['with a line break', '"a\\r\\nx-admin: 1"'],
  ['with a trailing line feed', '"a\\n"'],
  ['with a space', '"a b"'],
  ['with a tab', '"a\\tb"'],
  ['with a NUL', '"a\\u0000b"'],
  ['with non-ASCII letters', '"tökén"'],
  ['with an escape sequence', '"\\u001b[2J"'],
  ['of 64 KiB', JSON.stringify('x'.repeat(65_536))],
  ['of 8 KiB + 1 byte', JSON.stringify('x'.repeat(8_193))],
  ['that is an array', '["a"]'],
  ['that is an object', '{"token":{}}'],
  ['that is a number', '7'],
  ['that is true', 'true'],
];

/** Valid tokens with odd claims: only a date is read from them. */
const ODD_TOKENS: readonly (readonly [string, string])[] = [
  ['that is not a JWT', '"token"'],
  ['whose claims are not JSON', '"a.bm90IGpzb24.c"'],
  ['without an expiry', claims('{}')],
  ['that expired long ago', claims('{"expireTime":"1"}')],
  ['that expires at infinity', claims('{"expireTime":1e400}')],
  ['whose expiry is a word', claims('{"expireTime":"soon"}')],
  ['whose claims are an array', claims('[1]')],
  ['whose claims are null', claims('null')],
  ['with __proto__ in its claims', claims('{"__proto__":{"user":"root"}}')],
  ['whose user has an escape sequence', claims('{"user":"\\u001b]0;x\\u0007"}')],
  ['of dots only', '"........"'],
];

export const TOKENS: readonly HttpCase[] = [
  ...NO_TOKENS.map(([title, json]) => logIn(`returns a login token ${title}`, json, unusable)),
  ...NO_TOKENS.map(([title, json]) => renewal(`returns a renewed token ${title}`, json, unusable)),
  ...ODD_TOKENS.map(([title, json]) => logIn(`returns a login token ${title}`, json, ok)),
  ...ODD_TOKENS.map(([title, json]) => renewal(`returns a renewed token ${title}`, json, ok)),
  logIn('returns no login token', 'null', ok),
  logIn('returns an empty login token', '""', ok),
  renewal('returns no renewed token', 'null', unusable),
  renewal('returns an empty renewed token', '""', unusable),
  renewal('renews with a cluster without a token', '[{"clusterId":"1"}]', unusable),
  renewal('renews with no cluster', '[]', unusable),
  renewal(
    'renews with the tokens of two other clusters',
    '[{"clusterId":"8","token":"a"},{"clusterId":"9","token":"b"}]',
    unusable,
  ),
  row('returns a string for a login', [whole(dataOf('"welcome"'))], {
    key: unusable,
    password: unusable,
  }),
  row('returns a cluster without an id', [whole(dataOf('[{"token":"a"}]'))], { key: unusable }),
  row('returns null clusters for a login', [whole(dataOf('[null]'))], { key: unusable }),
  row('returns no data for a login', [whole('{"code":"0"}')], {
    key: ok,
    password: ok,
    renew: unusable,
  }),
  row('returns HTML for a login', [html(200)], every(unusable)),
  row('returns HTML with 401 for a login', [html(401)], {
    key: REJECTED,
    password: REJECTED,
    renew: EXPIRED,
    check: ok,
    center: EXPIRED,
  }),
  row('returns HTML with 403 for a login', [html(403)], {
    ...every(FORBIDDEN),
    renew: EXPIRED,
    check: ok,
  }),
  row('returns HTML with 500 for a login', [html(500)], { ...every(unusable), check: unusable }),
  refusal('fails the verification (10009)', '{"code":"10009","msg":"no"}', {
    key: REJECTED,
    renew: EXPIRED,
    check: ok,
  }),
  refusal('lacks a permission (10008)', '{"code":"10008","msg":"no"}', {
    key: REJECTED,
    renew: EXPIRED,
    check: ok,
  }),
  refusal('reports a fault (10001)', '{"code":"10001","msg":"no"}', {
    key: ['platform.fault'],
    renew: ['platform.fault'],
    check: ['platform.fault'],
  }),
  row('closes after a login', [end], every(['network.unreachable'])),
  row('resets after a login', [reset], every(['network.unreachable'])),
  row('closes within a token', [say(head(200, length(99)), '{"code":"0","data":"to'), end], {
    renew: unusable,
  }),
  row('returns no cluster id', [whole(dataOf('{"name":"x"}'))], { center: unusable }),
  row('returns an array of two clusters', [whole(dataOf('[{"id":1},{"id":2}]'))], {
    center: unusable,
  }),
  ...['null', '"x"', '7', '[[]]', '[{"url":7}]', '[{"url":"javascript:alert(1)"}]'].map((json) =>
    row(`returns the services ${json}`, [whole(dataOf(`{"id":1,"hpcUrls":${json}}`))], {
      center: json === '"x"' || json === '7' ? unusable : ok,
    }),
  ),
];
