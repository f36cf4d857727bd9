import { en, type Texts } from './en.js';
import { zh } from './zh.js';

/** @param language - The `lang` of the page, set by the program. */
export function textsFor(language: string): Texts {
  return language === 'zh' ? zh : en;
}
