import { expect, it } from 'vitest';
import { topics as en } from '../../src/i18n/en/topics.js';
import { loadTopics } from '../../src/i18n/locale.js';
import { topics as zh } from '../../src/i18n/zh/topics.js';
import { type Leaf, leavesOf, shapeOf } from './leaves-of.js';

/** Names of operating systems. */
const UNTRANSLATED = /^\.viewers\.systems\./;

it('both languages have the same keys with the same types', () => {
  expect(shapeOf(zh).toSorted()).toEqual(shapeOf(en).toSorted());
});

it('every Chinese text contains Chinese characters, and no English text does', () => {
  const isText = ({ path, value }: Leaf) => typeof value === 'string' && !UNTRANSLATED.test(path);
  const hasChinese = ({ value }: Leaf) => /\p{Script=Han}/u.test(String(value));
  expect(leavesOf(zh).filter((entry) => isText(entry) && !hasChinese(entry))).toEqual([]);
  expect(leavesOf(en).filter((entry) => isText(entry) && hasChinese(entry))).toEqual([]);
});

it('every text is a single line without surrounding whitespace', () => {
  const texts = [...leavesOf(en), ...leavesOf(zh)].map(({ value }) => value);
  expect(texts.filter((text) => typeof text === 'string' && !/^\S(.*\S)?$/.test(text))).toEqual([]);
});

it('loads the texts of the language', async () => {
  expect(await loadTopics('en')).toBe(en);
  expect(await loadTopics('zh')).toBe(zh);
});
