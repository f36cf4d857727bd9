import { expect, test } from 'vitest';
import { chooseVersion } from '../../../src/transport/rfb/messages.js';

test.each([
  ['003.003', '3.3'],
  ['003.004', '3.3'],
  ['003.005', '3.3'],
  ['003.006', '3.3'],
  ['003.007', '3.7'],
  ['003.008', '3.8'],
  ['003.009', '3.8'],
  ['003.889', '3.8'],
  ['004.000', '3.8'],
  ['004.001', '3.8'],
  ['005.000', '3.8'],
  ['999.999', '3.8'],
  ['003.002', undefined],
  ['002.999', undefined],
  ['000.000', undefined],
  ['002.007', undefined],
  ['xxx.xxx', undefined],
  ['003.xxx', undefined],
  ['003', undefined],
  ['', undefined],
])('a server that greets with %s is spoken to in %s', (greeted, version) => {
  expect(chooseVersion(greeted)).toBe(version);
});
