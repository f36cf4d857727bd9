import { afterAll, describe, expect, it } from 'vitest';
import { tellCount } from '../helpers/tell-count.js';
import { ADDRESS_PROPERTIES } from './address-properties.js';
import { BRIDGE_PROPERTIES } from './bridge-properties.js';
import { JSON_PROPERTIES } from './json-properties.js';
import { LOCK_PROPERTIES } from './lock-properties.js';
import { NUMBER_PROPERTIES } from './number-properties.js';
import { OUTPUT_PROPERTIES } from './output-properties.js';
import { QUOTING_PROPERTIES } from './quoting-properties.js';
import { REDACTION_PROPERTIES } from './redaction-properties.js';
import { inputsOf, MIN_INPUTS, SEED } from './runs.js';
import { TICKET_PROPERTIES } from './ticket-properties.js';
import { VALUE_PROPERTIES } from './value-properties.js';

const FAMILIES = [
  ['addresses', ADDRESS_PROPERTIES],
  ['numbers', NUMBER_PROPERTIES],
  ['values', VALUE_PROPERTIES],
  ['output', OUTPUT_PROPERTIES],
  ['redaction', REDACTION_PROPERTIES],
  ['quoting', QUOTING_PROPERTIES],
  ['answers', JSON_PROPERTIES],
  ['the bridge', BRIDGE_PROPERTIES],
  ['tickets', TICKET_PROPERTIES],
  ['the lock', LOCK_PROPERTIES],
] as const;

let drawn = 0;

describe.each(FAMILIES)('%s', (_, properties) => {
  it.each(properties)('$title', { timeout: 600_000 }, async (property) => {
    const inputs = inputsOf(property);
    await property.check(inputs, SEED).catch((error) => {
      throw new Error(`HPC_DESK_TEST_SEED=${SEED}: ${error.message}`, { cause: error });
    });
    drawn += inputs;
  });
});

it('are asked often enough', () => {
  const all = FAMILIES.flatMap(([, properties]) => properties).map(inputsOf);
  expect(all.reduce((sum, inputs) => sum + inputs)).toBeGreaterThanOrEqual(MIN_INPUTS);
});

afterAll(() => {
  console.log(`properties: HPC_DESK_TEST_SEED=${SEED}`);
  tellCount('inputs of properties', drawn);
});
