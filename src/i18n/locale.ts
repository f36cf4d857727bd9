import type { topics } from './en/topics.js';
import type { Messages } from './messages.js';

export type Locale = 'en' | 'zh';

/** Imports only the catalogue in use. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return locale === 'zh' ? (await import('./zh/index.js')).zh : (await import('./en/index.js')).en;
}

/** The pages of `help TOPIC`, separate because they are long and rarely needed. */
export type TopicTexts = typeof topics;

export async function loadTopics(locale: Locale): Promise<TopicTexts> {
  return locale === 'zh'
    ? (await import('./zh/topics.js')).topics
    : (await import('./en/topics.js')).topics;
}

export interface LocaleOptions {
  /** From `--lang`, `HPC_DESK_LANG` or the setting. */
  readonly chosen: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For systems that set no variables. */
  systemLocale(): string;
}

/**
 * Chinese for `zh…`, English for anything else, including `C` and `POSIX`. English also for a charset other than UTF-8
 * (`zh_CN.GB18030`), because the output is UTF-8.
 */
export function chooseLocale({ chosen, environment, systemLocale }: LocaleOptions): Locale {
  const { LC_ALL, LC_CTYPE, LC_MESSAGES, LANG, LANGUAGE } = environment;
  const charset = /\.([^@]+)/.exec(LC_ALL || LC_CTYPE || LANG || '')?.[1];
  if (!chosen && charset !== undefined && !/^utf-?8$/i.test(charset)) return 'en';
  const fromSystem = LC_ALL || LC_MESSAGES || LANG;
  const isNeutral = fromSystem !== undefined && /^(C|POSIX)(\.|$)/.test(fromSystem);
  // As in gettext, LANGUAGE is ignored in the C locale.
  const fromList = fromSystem !== undefined && !isNeutral ? LANGUAGE?.split(':')[0] : undefined;
  const requested = chosen || fromList || fromSystem || systemLocale();
  return /^zh([_.@-]|$)/i.test(requested) ? 'zh' : 'en';
}
