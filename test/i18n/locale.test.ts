import { expect, it } from 'vitest';
import { en } from '../../src/i18n/en/index.js';
import { chooseLocale, loadMessages } from '../../src/i18n/locale.js';
import { zh } from '../../src/i18n/zh/index.js';

it.each([
  ['nothing is set', {}, 'en'],
  ['the option is zh', { chosen: 'zh', LANG: 'en_US.UTF-8' }, 'zh'],
  ['the option is en', { chosen: 'en', LANG: 'zh_CN.UTF-8' }, 'en'],
  ['LANG is zh_CN', { LANG: 'zh_CN' }, 'zh'],
  ['LANG is zh_CN.UTF-8', { LANG: 'zh_CN.UTF-8' }, 'zh'],
  ['LANG is zh_TW.UTF-8', { LANG: 'zh_TW.UTF-8' }, 'zh'],
  ['LANG is zh', { LANG: 'zh' }, 'zh'],
  ['LANG is zh_CN.GB18030', { LANG: 'zh_CN.GB18030' }, 'en'],
  ['LANG is zh_CN.gbk', { LANG: 'zh_CN.gbk', LANGUAGE: 'zh_CN' }, 'en'],
  ['LANG is zh_CN.utf8@radical', { LANG: 'zh_CN.utf8@radical' }, 'zh'],
  ['LC_CTYPE is GB18030', { LANG: 'zh_CN.UTF-8', LC_CTYPE: 'zh_CN.GB18030' }, 'en'],
  ['LANG is zh_CN.GB18030 and the option is zh', { chosen: 'zh', LANG: 'zh_CN.GB18030' }, 'zh'],
  ['LANG is zh@pinyin', { LANG: 'zh@pinyin' }, 'zh'],
  ['LANG is another language', { LANG: 'zha_XX' }, 'en'],
  ['LANG is de_DE', { LANG: 'de_DE.UTF-8' }, 'en'],
  ['LANG is C', { LANG: 'C', system: 'zh-CN' }, 'en'],
  ['LANG is C.UTF-8', { LANG: 'C.UTF-8', system: 'zh-CN' }, 'en'],
  ['LANG is POSIX', { LANG: 'POSIX', system: 'zh-CN' }, 'en'],
  ['LANG is empty and the system is Chinese', { LANG: '', system: 'zh-Hans-CN' }, 'zh'],
  ['only the system locale is set, to zh-CN', { system: 'zh-CN' }, 'zh'],
  ['only the system locale is set, to und', { system: 'und' }, 'en'],
  ['LC_ALL overrides LANG', { LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }, 'en'],
  ['LC_MESSAGES overrides LANG', { LC_MESSAGES: 'zh_CN', LANG: 'en_US' }, 'zh'],
  ['LC_ALL overrides LC_MESSAGES', { LC_ALL: 'C', LC_MESSAGES: 'zh_CN' }, 'en'],
  ['LANGUAGE overrides LANG', { LANGUAGE: 'zh_CN:en', LANG: 'en_US.UTF-8' }, 'zh'],
  ['LANGUAGE is ignored if LANG is C', { LANGUAGE: 'zh_CN', LANG: 'C' }, 'en'],
  ['LANGUAGE is ignored if LANG is not set', { LANGUAGE: 'zh_CN' }, 'en'],
] as const)('chooses the language: %s', (_, facts, locale) => {
  const {
    chosen,
    system = 'en-US',
    ...environment
  } = { chosen: undefined, ...facts } as {
    chosen?: string;
    system?: string;
  };
  expect(chooseLocale({ chosen, environment, systemLocale: () => system })).toBe(locale);
});

it('loads the catalogue of the language', async () => {
  expect(await loadMessages('en')).toBe(en);
  expect(await loadMessages('zh')).toBe(zh);
});
