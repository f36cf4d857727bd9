import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadMessages } from '../../src/i18n/locale.js';

const ROOT = join(import.meta.dirname, '../..');
const LANGUAGES = ['en', 'zh'] as const;
const PICTURES = LANGUAGES.flatMap((language) =>
  ['create', 'list'].map((name) => ({ name, language })),
);
const README = { en: 'README.md', zh: 'README.zh-CN.md' };

it.each(PICTURES)(
  'the picture of $name in $language is embedded in its README',
  ({ name, language }) => {
    const readme = readFileSync(join(ROOT, README[language]), 'utf8');
    expect(readme).toContain(`](docs/images/terminal-${name}-${language}.svg)`);
  },
);

it.each(PICTURES)('the picture of $name in $language contains no local paths', (picture) => {
  expect(textOf(picture)).toMatch(/^\$ ?hpc-desk/);
  expect(textOf(picture)).not.toMatch(/\/(home|tmp|root|Users)\b/);
});

it.each(LANGUAGES)('the pictures of sessions in %s have the current labels', async (language) => {
  const { labels, vnc } = await loadMessages(language);
  const create = textOf({ name: 'create', language });
  const list = textOf({ name: 'list', language });
  for (const label of [labels.name, labels.sessionId, labels.address]) {
    expect(withoutBlanks(create)).toContain(withoutBlanks(label));
    expect(withoutBlanks(list)).toContain(withoutBlanks(label));
  }
  expect(withoutBlanks(create)).toContain(withoutBlanks(vnc.create.created));
});

function textOf({ name, language }: { name: string; language: string }): string {
  const svg = readFileSync(join(ROOT, `docs/images/terminal-${name}-${language}.svg`), 'utf8');
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)]
    .map(([, text = '']) => text)
    .join(' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function withoutBlanks(text: string): string {
  return text.replaceAll(/\s/g, '');
}
