import { en } from './en.js';
import { zh } from './zh.js';

/** Every sentence of the page; one that is missing in a language does not compile. */
export type Texts = typeof en;

/** @param language - As the program has written it into the page. */
export function textsFor(language: string): Texts {
  return language === 'zh' ? zh : en;
}
