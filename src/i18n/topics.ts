import type { topics } from './en/topics.js';
import type { Locale } from './locale.js';

/** The pages of `help TOPIC` in one language: so long that they are no part of the catalogue that every run loads. */
export type TopicTexts = typeof topics;

export async function loadTopics(locale: Locale): Promise<TopicTexts> {
  return locale === 'zh'
    ? (await import('./zh/topics.js')).topics
    : (await import('./en/topics.js')).topics;
}
