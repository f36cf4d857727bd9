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

/** How far a conversation has come, and that it stands in the middle of something. */
const STATES: readonly (readonly [title: string, script: readonly DesktopStep[]])[] = [
  ['greets', [text('RFB 0')]],
  ['offers its security types', [...greet(), hex('09 01')]],
  ['sends its challenge', [...greet(), hex('01 02'), hear(1), zeros(3)]],
  ['sends its result', [...greet(), hex('01 01'), hear(1)]],
  ['sends its size', init(hex('00 08'))],
  ['says its name', init(serverInit(8, 8, u32(400)))],
  ['announces a rectangle', small(hex('00 00 0001 00'))],
  ['sends its picture', small(update([raw(ALL, zeros(0))]))],
  ['sends compressed data', small(update([zrleData(ALL, zeros(0), 4000)]))],
  ['sets its colours', small(hex('01 00 0000 00ff'))],
];

/** What drips is right at each place: a greeting's digit is not. */
const DROPS: Readonly<Record<string, Buffer>> = {
  greets: text('0'),
  'sends compressed data': hex('78'),
};

export const TIMING: readonly RfbCase[] = [
  ...STATES.map(([title, script]) =>
    row(`drips while it ${title}`, [...script, drip(DROPS[title] ?? hex('00'))], late, 'secret'),
  ),
  ...STATES.map(([title, script]) =>
    row(`resets while it ${title}`, [...script, { pauseMs: 50 }, reset], lost, 'secret'),
  ),
  row('stops after the greeting', [text('RFB 003.008\n')], late),
  row('hangs up after the greeting', [...greet(), end], lost),
  row('resets after its security types', [...greet(), hex('01 01'), hear(1), reset], lost),
  row('hangs up before ServerInit', init(end), lost),
  row('resets after the request', small(reset), lost),
  row('hangs up after the request', small(end), lost),
  row('greets twice', [...greet(), text('RFB 003.008\n')], late),
  row('greets again after it let us in', [...greet(), ...none, hear(1), ...greet()], late),
  row('hangs up after its picture', small(whole, end), [8, 8]),
  row(
    'half closes and lets us speak on',
    small(update([]), hear(10), whole, end, hear(100)),
    [8, 8],
  ),
];
