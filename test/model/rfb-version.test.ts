import { expect, it } from 'vitest';
import { shortRfbVersion } from '../../src/model/rfb-version.js';

it.each([
  ['003.008', '3.8'],
  ['003.003', '3.3'],
  ['004.001', '4.1'],
  ['', ''],
])('writes %j as %j', (version, short) => expect(shortRfbVersion(version)).toBe(short));
