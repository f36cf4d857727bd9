import { en } from './texts/en.js';
import { zh } from './texts/zh.js';

/** In the language of the page, which the program sets. */
export const texts = document.documentElement.lang === 'zh' ? zh : en;
