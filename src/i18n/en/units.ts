import type { Units } from '../format-distance.js';

export const units: Units = { seconds: 's', minutes: 'min', hours: 'h', days: 'd' };
