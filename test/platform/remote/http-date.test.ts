import { expect, it } from 'vitest';
import { parseHttpDate } from '../../../src/platform/remote/http-date.js';

it('reads an HTTP date', () => {
  const date = new Date('2023-02-02T04:00:30Z');
  expect(parseHttpDate('Thu, 02 Feb 2023 04:00:30 GMT')).toEqual(date);
});

it.each([
  '',
  '-1',
  '0',
  'now',
  '2023-02-02T04:00:30Z',
  '2023-02-02T04:00:30.000+00:00',
  'Thu, 02 Feb 2023 04:00:30 UTC',
  'Thu, 02 Feb 2023 04:00:30 +0000',
  'Thu, 02 Feb 2023 12:00:30 CST',
  'Fri, 02 Feb 2023 04:00:30 GMT',
  'Thu, 31 Feb 2023 04:00:30 GMT',
  'Thu, 02 Feb 2023 24:00:00 GMT',
  'Thu, 02 Feb 2023 04:00:60 GMT',
  'thu, 02 feb 2023 04:00:30 gmt',
  'Thursday, 02-Feb-23 04:00:30 GMT',
  'Thu Feb  2 04:00:30 2023',
  ' Thu, 02 Feb 2023 04:00:30 GMT',
  'Thu, 02 Feb 20230 04:00:30 GMT',
  'Thu, 02 Feb 2023 04:00:30 GMT, Thu, 02 Feb 2023 04:00:30 GMT',
  '9'.repeat(16_000),
])('reads nothing else: %j', (text) => {
  expect(parseHttpDate(text)).toBeUndefined();
});
