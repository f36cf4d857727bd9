import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].toSorted();

it.each(PAGES)('%s has no broken relative link', (page) => {
  expect(linksOf(page).filter((link) => !isThere(page, link))).toEqual([]);
});

it('every page below docs/ is reachable by links from README.md', () => {
  const reached = new Set<string>();
  const visit = (page: string): void => {
    if (reached.has(page) || !PAGES.includes(page)) return;
    reached.add(page);
    for (const link of linksOf(page)) visit(pathOf(page, link));
  };
  visit('README.md');
  expect(PAGES.filter((page) => page.startsWith('docs/') && !reached.has(page))).toEqual([]);
});

function linksOf(page: string): readonly string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '`');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link ?? '')
    .filter((link) => !/^(https?|mailto):/.test(link));
}

function pathOf(page: string, link: string): string {
  return relative(ROOT, join(ROOT, dirname(page), link.split('#')[0] ?? ''));
}

function isThere(page: string, link: string): boolean {
  const target = link.startsWith('#') ? page : pathOf(page, link);
  const anchor = link.split('#')[1];
  const path = join(ROOT, target);
  if (!existsSync(path)) return false;
  return anchor === undefined || anchorsOf(readFileSync(path, 'utf8')).includes(anchor);
}

/** As GitHub generates them: lower case, no punctuation, hyphens for spaces. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

it('every file that ARCHITECTURE.md and CONTRIBUTING.md name exists', () => {
  const pages = ['ARCHITECTURE.md', 'CONTRIBUTING.md'];
  const text = pages.map((page) => readFileSync(join(ROOT, page), 'utf8')).join('\n');
  const named = [...text.matchAll(/`((?:src|test|bin|\.ci)\/[\w./-]*\w(?:\/|\.\w+))`/g)];
  const missing = named
    .map(([, path = '']) => path)
    .filter((path) => !existsSync(join(ROOT, path)));
  expect(missing).toEqual([]);
});
