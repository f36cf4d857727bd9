import type { Units } from '../format-distance.js';

export const units: Units = { seconds: '秒', minutes: '分钟', hours: '小时', days: '天' };
