import { expect, it } from 'vitest';
import { maskError, printFinding } from '../../src/commands/print-finding.js';
import { failure } from '../../src/domain/doctor/finding.js';
import { DeskError } from '../../src/errors/desk-error.js';
import { en } from '../../src/i18n/en/index.js';

const mask = (text: string) => text.replaceAll('SECRET', '*');
const error = new DeskError(
  'rfb.notRfb',
  { target: '10.0.0.7:5904', received: 'HTTP SECRET' },
  { platform: { code: '10004', msg: 'no SECRET' } },
);

it('a finding is printed as message and data, both with secrets masked', () => {
  const found = { name: 'rfb', ...failure(error), elapsedMs: 7 };
  const printed = printFinding(found, en, mask);
  expect(printed).toEqual({
    name: 'rfb',
    status: 'fail',
    message: '10.0.0.7:5904 is not a VNC server; it sent “HTTP *”',
    hint: 'hpc-desk vnc show',
    code: 'rfb.notRfb',
    details: { target: '10.0.0.7:5904', received: 'HTTP *' },
    elapsedMs: 7,
  });
});

it('maskError keeps the code of an error and masks secrets', () => {
  expect(maskError(error, mask)).toMatchObject({
    code: 'rfb.notRfb',
    details: { received: 'HTTP *' },
    platform: { code: '10004', msg: 'no *' },
  });
  expect(
    maskError(new DeskError('ssh.missing', { platform: 'linux' }), mask).platform,
  ).toBeUndefined();
});
