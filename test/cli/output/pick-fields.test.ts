import { expect, it } from 'vitest';
import { pickFields, readField } from '../../../src/cli/output/format.js';

const RECORD = { a: 1, b: { c: 2, d: { e: null } }, list: [{ x: 1 }, { x: 2 }] };

it.each([
  ['a', 1],
  ['b', { c: 2, d: { e: null } }],
  ['b.c', 2],
  ['b.d.e', null],
  ['list.x', undefined],
  ['nothing', undefined],
  ['a.b', undefined],
  ['b.d.e.f', undefined],
  ['constructor', undefined],
  ['__proto__', undefined],
  ['', undefined],
])('reads %j', (field, value) => {
  expect(readField(RECORD, field)).toEqual(value);
});

it('reads a field of each record of a list', () => {
  expect(readField(RECORD.list, 'x')).toEqual([1, 2]);
});

it.each([
  [['a'], { a: 1 }],
  [['b.c', 'a'], { b: { c: 2 }, a: 1 }],
  [['b.c', 'b.d'], { b: { c: 2, d: { e: null } } }],
  [['b.c', 'b'], { b: RECORD.b }],
  [['nothing', 'nothing.x'], { nothing: null }],
  [['a.x'], { a: 1 }],
  [[], {}],
])('picks %j', (fields, picked) => {
  expect(pickFields(RECORD, fields)).toEqual(picked);
});

it('picks from each record of a list, in the order asked for', () => {
  const picked = pickFields([{ x: 1, y: 2 }], ['y', 'x']);
  expect(JSON.stringify(picked)).toBe('[{"y":2,"x":1}]');
});
