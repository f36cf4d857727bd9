import { expect, it } from 'vitest';
import { en } from '../../src/i18n/en/index.js';
import { chooseLocale, loadMessages } from '../../src/i18n/locale.js';
import { zh } from '../../src/i18n/zh/index.js';

it.each([
  ['nothing is said', {}, 'en'],
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
  ['LANG is zh_CN.GB18030 and the option zh', { chosen: 'zh', LANG: 'zh_CN.GB18030' }, 'zh'],
  ['LANG is zh@pinyin', { LANG: 'zh@pinyin' }, 'zh'],
  ['LANG is another language', { LANG: 'zha_XX' }, 'en'],
  ['LANG is de_DE', { LANG: 'de_DE.UTF-8' }, 'en'],
  ['LANG is C', { LANG: 'C', system: 'zh-CN' }, 'en'],
  ['LANG is C.UTF-8', { LANG: 'C.UTF-8', system: 'zh-CN' }, 'en'],
  ['LANG is POSIX', { LANG: 'POSIX', system: 'zh-CN' }, 'en'],
  ['LANG is empty and the system is Chinese', { LANG: '', system: 'zh-Hans-CN' }, 'zh'],
  ['only the system speaks, Chinese', { system: 'zh-CN' }, 'zh'],
  ['only the system speaks, undetermined', { system: 'und' }, 'en'],
  ['LC_ALL goes before LANG', { LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }, 'en'],
  ['LC_MESSAGES goes before LANG', { LC_MESSAGES: 'zh_CN', LANG: 'en_US' }, 'zh'],
  ['LC_ALL goes before LC_MESSAGES', { LC_ALL: 'C', LC_MESSAGES: 'zh_CN' }, 'en'],
  ['LANGUAGE goes before LANG', { LANGUAGE: 'zh_CN:en', LANG: 'en_US.UTF-8' }, 'zh'],
  ['LANGUAGE does not count where LANG is C', { LANGUAGE: 'zh_CN', LANG: 'C' }, 'en'],
  ['LANGUAGE does not count where LANG is not set', { LANGUAGE: 'zh_CN' }, 'en'],
] as const)('speaks %s', (_, facts, locale) => {
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
