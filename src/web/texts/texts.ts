import { en, type Texts } from './en.js';
import { zh } from './zh.js';

/** @param language - As the program has written it into the page. */
export function textsFor(language: string): Texts {
  return language === 'zh' ? zh : en;
}
