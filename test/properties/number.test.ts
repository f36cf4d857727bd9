import fc from 'fast-check';
import { parseDisplay, parsePort } from '../../src/model/endpoint.js';
import { parseDurationMs } from '../../src/model/time.js';
import { property } from './property.js';
import { portFromPlatform } from './receive-sid.js';
import { almost, anyText } from './texts.js';

const numberText = fc.oneof(
  fc.integer({ min: -2, max: 70_000 }).map(String),
  almost('0123456789', 8),
  fc
    .tuple(fc.constantFrom('+', '-', '0', '0x', ' ', '1e', '.'), fc.nat(70_000))
    .map((p) => p.join('')),
  fc
    .tuple(fc.nat(70_000), fc.constantFrom(' ', 'e0', '.0', 'n', '\n', '_', '\u0661'))
    .map((p) => p.join('')),
  fc.double().map(String),
);
const anyNumber = fc.oneof(
  fc.integer({ min: -2, max: 70_000 }),
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(1e21, 2 ** 53, 2 ** 53 + 2, 0.5, -0, 1e-7, Number.MIN_VALUE, 65_535.5),
);
const anyJson = fc.oneof(
  anyNumber,
  numberText,
  fc.jsonValue({ maxDepth: 2 }),
  fc.array(anyNumber, { maxLength: 2 }),
  fc.boolean(),
  fc.constant(null),
);
/** Finite numbers, including JSON spellings that JavaScript does not print. */
const jsonNumber = fc.oneof(
  anyNumber.filter(Number.isFinite).map(String),
  fc
    .tuple(fc.nat(65_536), fc.constantFrom('.0', 'e0', 'E+1', 'e-1', '.5', 'e400'))
    .map((p) => p.join('')),
  fc.bigInt().map(String),
);

/** The value if it is an integer from 1 to `last` or its canonical decimal text. */
function plainNumber(value: unknown, last: number): number | undefined {
  const isPlain =
    typeof value === 'number' || (typeof value === 'string' && String(Number(value)) === value);
  const number = isPlain ? Number(value) : Number.NaN;
  return Number.isInteger(number) && number >= 1 && number <= last ? number : undefined;
}

const UNITS_MS: Readonly<Record<string, number>> = { '': 1_000, s: 1_000, m: 60_000, h: 3_600_000 };

property(
  'a port is an integer from 1 to 65535 or its canonical decimal text',
  2_000,
  anyJson,
  (value) => parsePort(value) === plainNumber(value, 65_535),
);

property(
  'a display is an integer from 1 to 59635 or its canonical decimal text',
  2_000,
  anyJson,
  (value) => parseDisplay(value) === plainNumber(value, 59_635),
);

property(
  'a sid from the platform becomes port 5900 + sid or is rejected',
  800,
  fc.oneof(
    anyJson.map((value) => JSON.stringify(value) ?? 'null'),
    jsonNumber,
  ),
  (json) => {
    const sid = plainNumber(JSON.parse(json), 59_635);
    return portFromPlatform(json) === (sid === undefined ? undefined : 5_900 + sid);
  },
);

property(
  'a duration is an integer with an optional unit, up to a day',
  1_200,
  fc.oneof(
    almost('0123456789smh', 8),
    anyText,
    fc.tuple(fc.nat(200_000), fc.constantFrom('s', 'm', 'h', '', 'd', 'S')).map((p) => p.join('')),
  ),
  (text) => {
    const [, digits = '', unit = ''] = /^([0-9]{1,6})(.*)$/su.exec(text) ?? [];
    const ms = digits === '' ? Number.NaN : Number(digits) * (UNITS_MS[unit] ?? Number.NaN);
    return parseDurationMs(text) === (ms > 0 && ms <= 86_400_000 ? ms : undefined);
  },
);
