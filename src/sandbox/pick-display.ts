import { randomInt } from 'node:crypto';
import type { Display } from '../model/endpoint.js';

const FIRST = 20;
/** 5900 + 26 867 = 32 767: below the ports that systems hand out by themselves. */
const LAST = 26_867;

/** Proposes a display that is probably free; the one who starts a server on it finds out. */
export function pickDisplay(): Display {
  return randomInt(FIRST, LAST + 1) as Display;
}
