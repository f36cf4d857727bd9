import { type HttpCase, type Results, redirect, row, tooMany, unusable } from './http-case.js';
import { dataOf, drip, end, GOOD, HTML, head, length, say, whole } from './http-parts.js';

const ESC = '\x1b';
/** Colour, title, clipboard, cursor, and queries that make a terminal reply. */
const DRIVING = `${ESC}[31m${ESC}]0;owned\x07${ESC}]52;c;b3duZWQ=\x07${ESC}[2J${ESC}[6n\x9b5n`;
const REVERSED = '\u202egpj.exe\u202c\u200b\ufeff\u2028';
const OVERWRITING = 'all is well\rsession deleted\b\b\b\x7f\n\n\x0b\x0c';

const REFUSED: Results = ['platform.refused'];
const said = (fields: object, status = 200) => whole(JSON.stringify(fields), status);
const shared = (text: string): HttpCase[] => {
  const name = JSON.stringify(text).slice(0, 30);
  return [
    row(`refuses with the msg ${name}`, [said({ code: '10004', msg: text })], REFUSED),
    row(`refuses with the message ${name}`, [said({ code: '10004', message: text })], REFUSED),
    row(`refuses with the code ${name}`, [said({ code: text, msg: 'x' })], REFUSED),
    row(`fails with the msg ${name}`, [said({ code: '1', msg: text }, 500)], ['platform.fault']),
    row(`is busy with the msg ${name}`, [said({ code: '815201', msg: text })], ['platform.busy']),
    row(`rate-limits with the msg ${name}`, [said({ code: '10011', msg: text }, 429)], tooMany),
  ];
};

/** Servers that send text meant to control or mislead the terminal. */
export const TEXT: readonly HttpCase[] = [
  ...shared(DRIVING),
  ...shared(REVERSED),
  ...shared(OVERWRITING),
  ...shared(HTML.repeat(50)),
  row('sends escapes in its reason', [say(`HTTP/1.1 500 ${DRIVING}\r\n\r\n`), end], unusable),
  row('sends escapes in Content-Type', [whole(HTML, 500, `content-type: ${DRIVING}`)], unusable),
  row(
    'sends a Content-Type of 9 kB',
    [whole(HTML, 500, `content-type: ${'x'.repeat(9_000)}`)],
    unusable,
  ),
  row('sends escapes in Location', [say(head(302, `location: http://a/${DRIVING}`))], unusable),
  row(
    'redirects to a host with a bidi override',
    [say(head(302, 'location: http://\u202eelpmaxe.a/'))],
    redirect,
  ),
  row('redirects to a javascript URL', [say(head(302, 'location: javascript:alert(1)'))], redirect),
  row('redirects to an HTML tag', [say(head(302, 'location: http://<b>/'))], redirect),
  row('sends escapes in Retry-After', [whole(HTML, 429, `retry-after: ${DRIVING}`)], unusable),
  row('sends escapes as its body', [whole(DRIVING)], unusable),
  row('sends escapes instead of HTTP', [say(DRIVING), end], unusable),
  row('sends escapes in a field name', [whole(dataOf(`{"${'\\u001b[2J'}":1}`))], {
    create: unusable,
    list: unusable,
  }),
  row('sends escapes in ip', [whole(GOOD.replace('10.0.41.101', '\\u001b[2J\\u202e'))], {
    create: ['unsafe.value'],
    list: ['unsafe.value'],
  }),
  row('sends escapes in sid', [whole(GOOD.replace('"4"', '"\\u001b]0;x\\u0007"'))], {
    create: ['unsafe.value'],
    list: ['unsafe.value'],
  }),
  row('sends escapes in name', [whole(GOOD.replace('{"sess', '{"name":"\\u001b[2J","sess'))], {
    create: ['ok'],
    list: ['ok'],
  }),
  row('sends escapes slowly', [say(head(200, length(9_999))), drip(DRIVING)], ['network.timeout']),
];
