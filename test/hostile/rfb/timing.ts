import type { DesktopStep } from '../../helpers/scripted-desktop.js';
import {
  greet,
  hear,
  hex,
  none,
  raw,
  serverInit,
  text,
  u32,
  update,
  zeros,
  zrleData,
} from '../rfb-parts.js';
import {
  ALL,
  drip,
  end,
  init,
  late,
  lost,
  type RfbCase,
  reset,
  row,
  small,
  whole,
} from './rfb-case.js';

/** Scripts that stop in the middle of a message, by protocol state. */
const STATES: readonly (readonly [title: string, script: readonly DesktopStep[]])[] = [
  ['greets', [text('RFB 0')]],
  ['offers security types', [...greet(), hex('09 01')]],
  ['sends a challenge', [...greet(), hex('01 02'), hear(1), zeros(3)]],
  ['sends SecurityResult', [...greet(), hex('01 01'), hear(1)]],
  ['sends ServerInit', init(hex('00 08'))],
  ['sends its name', init(serverInit(8, 8, u32(400)))],
  ['sends a rectangle header', small(hex('00 00 0001 00'))],
  ['sends raw pixels', small(update([raw(ALL, zeros(0))]))],
  ['sends compressed data', small(update([zrleData(ALL, zeros(0), 4000)]))],
  ['sends a colour map', small(hex('01 00 0000 00ff'))],
];

/** The byte to repeat where 0x00 is not valid. */
const DROPS: Readonly<Record<string, Buffer>> = {
  greets: text('0'),
  'sends compressed data': hex('78'),
};

export const TIMING: readonly RfbCase[] = [
  ...STATES.map(([title, script]) =>
    row(`is slow while it ${title}`, [...script, drip(DROPS[title] ?? hex('00'))], late, 'secret'),
  ),
  ...STATES.map(([title, script]) =>
    row(`resets while it ${title}`, [...script, { pauseMs: 50 }, reset], lost, 'secret'),
  ),
  row('stalls after the greeting', [text('RFB 003.008\n')], late),
  row('closes after the greeting', [...greet(), end], lost),
  row('resets after the security type', [...greet(), hex('01 01'), hear(1), reset], lost),
  row('closes before ServerInit', init(end), lost),
  row('resets after the update request', small(reset), lost),
  row('closes after the update request', small(end), lost),
  row('sends its greeting twice', [...greet(), text('RFB 003.008\n')], late),
  row('greets again instead of ServerInit', [...greet(), ...none, hear(1), ...greet()], late),
  row('closes after the update', small(whole, end), [8, 8]),
  row('half-closes after the update', small(update([]), hear(10), whole, end, hear(100)), [8, 8]),
];
