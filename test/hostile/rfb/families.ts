import { BANNER } from './banner.js';
import { INIT } from './init.js';
import { MESSAGES } from './messages.js';
import { RECOVERED } from './recovered.js';
import { RECTANGLES } from './rectangles.js';
import type { RfbCase } from './rfb-case.js';
import { SECURITY } from './security.js';
import { TIMING } from './timing.js';
import { ZRLE_TILES } from './zrle.js';

export const FAMILIES: Readonly<Record<string, readonly RfbCase[]>> = {
  'whose greeting': BANNER,
  'whose security': SECURITY,
  'whose ServerInit': INIT,
  'whose rectangle': RECTANGLES,
  'whose ZRLE tile': ZRLE_TILES,
  'whose messages': MESSAGES,
  'whose connection': TIMING,
  'with an old fault:': RECOVERED,
};
