import type { topics } from './en/topics.js';
import type { Messages } from './messages.js';

export type Locale = 'en' | 'zh';

/** Each catalogue is loaded only when it is spoken. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return locale === 'zh' ? (await import('./zh/index.js')).zh : (await import('./en/index.js')).en;
}

/** The pages of `help TOPIC` in one language: so long that they are no part of the catalogue that every run loads. */
export type TopicTexts = typeof topics;

export async function loadTopics(locale: Locale): Promise<TopicTexts> {
  return locale === 'zh'
    ? (await import('./zh/topics.js')).topics
    : (await import('./en/topics.js')).topics;
}

export interface LocaleOptions {
  /** `--lang`, `HPC_DESK_LANG` or the setting, already in that order. */
  readonly chosen: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The system's own word, for systems that set no variables. */
  systemLocale(): string;
}

/**
 * Any `zh…` means Chinese, any other name English; `C` and `POSIX` name no language and mean English. A locale with another
 * charset than UTF-8 (`zh_CN.GB18030`) means English too: what is written is UTF-8.
 */
export function chooseLocale({ chosen, environment, systemLocale }: LocaleOptions): Locale {
  const { LC_ALL, LC_CTYPE, LC_MESSAGES, LANG, LANGUAGE } = environment;
  const charset = /\.([^@]+)/.exec(LC_ALL || LC_CTYPE || LANG || '')?.[1];
  if (!chosen && charset !== undefined && !/^utf-?8$/i.test(charset)) return 'en';
  const fromSystem = LC_ALL || LC_MESSAGES || LANG;
  const isNeutral = fromSystem !== undefined && /^(C|POSIX)(\.|$)/.test(fromSystem);
  // gettext's list of languages counts only where the locale itself names one.
  const fromList = fromSystem !== undefined && !isNeutral ? LANGUAGE?.split(':')[0] : undefined;
  const requested = chosen || fromList || fromSystem || systemLocale();
  return /^zh([_.@-]|$)/i.test(requested) ? 'zh' : 'en';
}
