import { describe, expect, it } from 'vitest';
import { type DeskError, isDeskError } from '../../../src/errors/desk-error.js';
import { parseLoginNode, parsePort } from '../../../src/model/endpoint.js';
import { WIRE_SESSION } from '../../commands/session-wire.js';
import { findForbidden } from './forbidden.js';
import { NUMBER_FAMILIES } from './number-rows.js';
import { type Received, receiveSessionText } from './receive.js';
import { formsOfError } from './text-sinks.js';

describe.each(Object.entries(NUMBER_FAMILIES))('sid: %s', (_family, rows) => {
  it.each(rows)('%s is display %j', (json, display) => {
    const received = receiveSessionText(answerWith(json));
    if (display === null) {
      const error = errorOf(received);
      expect(
        isDeskError(error, 'unsafe.value') || isDeskError(error, 'network.unusableAnswer'),
      ).toBe(true);
      for (const [, text] of formsOfError(error)) expect(findForbidden(text)).toBe(undefined);
    } else {
      expect(received).toMatchObject({ value: { display, port: 5900 + display } });
    }
  });

  it.each(rows.filter(([json]) => json.startsWith('"')))(
    '%s is accepted as the port of a login node only if it is valid',
    (json) => {
      const text = JSON.parse(json) as string;
      const isPort = /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535;
      expect(parsePort(text)).toBe(isPort ? Number(text) : undefined);
      expect(parseLoginNode(`login.example:${text}`)?.port).toBe(isPort ? Number(text) : undefined);
    },
  );
});

it('there are at least 60 rows', () => {
  expect(Object.values(NUMBER_FAMILIES).flat().length).toBeGreaterThanOrEqual(60);
});

/** A response that is valid except for this one value. */
function answerWith(sid: string): string {
  const { sid: _usual, ...others } = { ...WIRE_SESSION, ip: '10.0.41.101' };
  return `{"sid":${sid},${JSON.stringify(others).slice(1)}`;
}

function errorOf(received: Received<unknown>): DeskError {
  if ('error' in received) return received.error;
  throw new Error(`taken: ${JSON.stringify(received.value)}`);
}
