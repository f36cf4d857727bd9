import { type HttpCase, type Results, redirect, row, tooMany, unusable } from './http-case.js';
import { dataOf, drip, end, GOOD, HTML, head, length, say, whole } from './http-parts.js';

const ESC = '\x1b';
/** Colour, title, clipboard, cursor, and what makes a terminal answer. */
const DRIVING = `${ESC}[31m${ESC}]0;owned\x07${ESC}]52;c;b3duZWQ=\x07${ESC}[2J${ESC}[6n\x9b5n`;
const REVERSED = '\u202egpj.exe\u202c\u200b\ufeff\u2028';
const OVERWRITING = 'all is well\rsession deleted\b\b\b\x7f\n\n\x0b\x0c';

const REFUSED: Results = ['platform.refused'];
const said = (fields: object, status = 200) => whole(JSON.stringify(fields), status);
const shared = (text: string): HttpCase[] => {
  const name = JSON.stringify(text).slice(0, 30);
  return [
    row(`refuses with ${name}`, [said({ code: '10004', msg: text })], REFUSED),
    row(`refuses with the message ${name}`, [said({ code: '10004', message: text })], REFUSED),
    row(`refuses with the code ${name}`, [said({ code: text, msg: 'x' })], REFUSED),
    row(`fails with ${name}`, [said({ code: '1', msg: text }, 500)], ['platform.fault']),
    row(`has no node and says ${name}`, [said({ code: '815201', msg: text })], ['platform.busy']),
    row(`wants less and says ${name}`, [said({ code: '10011', msg: text }, 429)], tooMany),
  ];
};

/** Servers that would like to be read as something else. */
export const TEXT: readonly HttpCase[] = [
  ...shared(DRIVING),
  ...shared(REVERSED),
  ...shared(OVERWRITING),
  ...shared(HTML.repeat(50)),
  row('has a reason that drives', [say(`HTTP/1.1 500 ${DRIVING}\r\n\r\n`), end], unusable),
  row('has a type that drives', [whole(HTML, 500, `content-type: ${DRIVING}`)], unusable),
  row(
    'has a type that is long',
    [whole(HTML, 500, `content-type: ${'x'.repeat(9_000)}`)],
    unusable,
  ),
  row('leads to what drives', [say(head(302, `location: http://a/${DRIVING}`))], unusable),
  row('leads to a reversed name', [say(head(302, 'location: http://\u202eelpmaxe.a/'))], redirect),
  row('leads to a script', [say(head(302, 'location: javascript:alert(1)'))], redirect),
  row('leads to a tag', [say(head(302, 'location: http://<b>/'))], redirect),
  row('retries when it drives', [whole(HTML, 429, `retry-after: ${DRIVING}`)], unusable),
  row('answers with escapes', [whole(DRIVING)], unusable),
  row('answers with escapes and ends', [say(DRIVING), end], unusable),
  row('names a field that drives', [whole(dataOf(`{"${'\\u001b[2J'}":1}`))], {
    create: unusable,
    list: unusable,
  }),
  row('has an ip that drives', [whole(GOOD.replace('10.0.41.101', '\\u001b[2J\\u202e'))], {
    create: ['unsafe.value'],
    list: ['unsafe.value'],
  }),
  row('has a sid that drives', [whole(GOOD.replace('"4"', '"\\u001b]0;x\\u0007"'))], {
    create: ['unsafe.value'],
    list: ['unsafe.value'],
  }),
  row('has a name that drives', [whole(GOOD.replace('{"sess', '{"name":"\\u001b[2J","sess'))], {
    create: ['ok'],
    list: ['ok'],
  }),
  row('drips escapes', [say(head(200, length(9_999))), drip(DRIVING)], ['network.timeout']),
];
