import { type HttpCase, ok, type Result, type Results, row, unusable } from './http-case.js';
import { dataOf, end, head, html, length, reset, say, whole } from './http-parts.js';

const REJECTED: Results = ['auth.rejected'];
const EXPIRED: Results = ['auth.expired'];
const FORBIDDEN: Results = ['platform.forbidden'];

/** The clusters of a log-in, one of them with this piece of JSON for a token. */
const logIn = (title: string, token: string, results: Results) =>
  row(title, [whole(dataOf(`[{"clusterId":"1","clusterName":"x","token":${token}}]`))], {
    key: results,
    password: results,
  });
/** A renewal whose data is this piece of JSON. */
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

/** What is no token, whoever sends it. */
const NO_TOKENS: readonly (readonly [string, string])[] = [
  ['with a line break', '"a\\r\\nx-admin: 1"'],
  ['with a line feed at its end', '"a\\n"'],
  ['with a blank', '"a b"'],
  ['with a tab', '"a\\tb"'],
  ['with a NUL', '"a\\u0000b"'],
  ['beyond ASCII', '"tökén"'],
  ['that drives the terminal', '"\\u001b[2J"'],
  ['of 64 KiB', JSON.stringify('x'.repeat(65_536))],
  ['of 8 KiB and one', JSON.stringify('x'.repeat(8_193))],
  ['that is a list', '["a"]'],
  ['that is an object', '{"token":{}}'],
  ['that is a number', '7'],
  ['that is true', 'true'],
];

/** What is one, though it says odd things of itself: nothing but a date is read from it. */
const ODD_TOKENS: readonly (readonly [string, string])[] = [
  ['that is no JWT', '"token"'],
  ['whose claims are no JSON', '"a.bm90IGpzb24.c"'],
  ['without an end', claims('{}')],
  ['that ended long ago', claims('{"expireTime":"1"}')],
  ['that ends at infinity', claims('{"expireTime":1e400}')],
  ['that ends at a word', claims('{"expireTime":"soon"}')],
  ['whose claims are a list', claims('[1]')],
  ['whose claims are null', claims('null')],
  ['that sets a prototype', claims('{"__proto__":{"user":"root"}}')],
  ['with a user that drives the terminal', claims('{"user":"\\u001b]0;x\\u0007"}')],
  ['of many dots', '"........"'],
];

export const TOKENS: readonly HttpCase[] = [
  ...NO_TOKENS.map(([title, json]) => logIn(`logs in to a token ${title}`, json, unusable)),
  ...NO_TOKENS.map(([title, json]) => renewal(`renews to a token ${title}`, json, unusable)),
  ...ODD_TOKENS.map(([title, json]) => logIn(`logs in to a token ${title}`, json, ok)),
  ...ODD_TOKENS.map(([title, json]) => renewal(`renews to a token ${title}`, json, ok)),
  logIn('logs in to no token', 'null', ok),
  logIn('logs in to an empty token', '""', ok),
  renewal('renews to no token', 'null', unusable),
  renewal('renews to an empty token', '""', unusable),
  renewal('renews to a cluster without a token', '[{"clusterId":"1"}]', unusable),
  renewal('renews to no cluster', '[]', unusable),
  renewal(
    'renews to the tokens of two other clusters',
    '[{"clusterId":"8","token":"a"},{"clusterId":"9","token":"b"}]',
    unusable,
  ),
  row('logs in to a text', [whole(dataOf('"welcome"'))], { key: unusable, password: unusable }),
  row('logs in to a cluster without an id', [whole(dataOf('[{"token":"a"}]'))], { key: unusable }),
  row('logs in to clusters that are null', [whole(dataOf('[null]'))], { key: unusable }),
  row('logs in to nothing', [whole('{"code":"0"}')], { key: ok, password: ok, renew: unusable }),
  row('shows a page for a log-in', [html(200)], every(unusable)),
  row('shows a page with 401 for a log-in', [html(401)], {
    key: REJECTED,
    password: REJECTED,
    renew: EXPIRED,
    check: ok,
    center: EXPIRED,
  }),
  row('shows a page with 403 for a log-in', [html(403)], {
    ...every(FORBIDDEN),
    renew: EXPIRED,
    check: ok,
  }),
  row('shows a page with 500 for a log-in', [html(500)], { ...every(unusable), check: unusable }),
  refusal('verifies nothing (10009)', '{"code":"10009","msg":"no"}', {
    key: REJECTED,
    renew: EXPIRED,
    check: ok,
  }),
  refusal('misses a right (10008)', '{"code":"10008","msg":"no"}', {
    key: REJECTED,
    renew: EXPIRED,
    check: ok,
  }),
  refusal('has a fault (10001)', '{"code":"10001","msg":"no"}', {
    key: ['platform.fault'],
    renew: ['platform.fault'],
    check: ['platform.fault'],
  }),
  row('ends after a log-in', [end], every(['network.unreachable'])),
  row('resets after a log-in', [reset], every(['network.unreachable'])),
  row('ends within a token', [say(head(200, length(99)), '{"code":"0","data":"to'), end], {
    renew: unusable,
  }),
  row('has no id of a cluster', [whole(dataOf('{"name":"x"}'))], { center: unusable }),
  row('has a cluster that is a list of two', [whole(dataOf('[{"id":1},{"id":2}]'))], {
    center: unusable,
  }),
  ...['null', '"x"', '7', '[[]]', '[{"url":7}]', '[{"url":"javascript:alert(1)"}]'].map((json) =>
    row(`has the services ${json}`, [whole(dataOf(`{"id":1,"hpcUrls":${json}}`))], {
      center: json === '"x"' || json === '7' ? unusable : ok,
    }),
  ),
];
