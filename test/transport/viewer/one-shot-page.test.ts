import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOneShotPage } from '../../../src/transport/viewer/one-shot-page.js';

const URL = 'https://desk.example/vnc?ticket=one&id=two#three';
const QUIET = new AbortController().signal;

let page: Awaited<ReturnType<typeof createOneShotPage>>;

beforeEach(async () => {
  page = await createOneShotPage(URL);
});

afterEach(() => page.remove());

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const stylePath = () => join(dirname(page.path), 'style.css');

test('the folder has mode 0700 and its files have mode 0600', async () => {
  const folder = dirname(page.path);
  expect(await modeOf(folder)).toBe('700');
  const names = await readdir(folder);
  expect(names).toEqual(['open.html', 'style.css']);
  expect(await Promise.all(names.map((name) => modeOf(join(folder, name))))).toEqual([
    '600',
    '600',
  ]);
});

test('the path does not contain the URL', () => {
  expect(page.path).toMatch(/\/hpc-desk-\w{6}\/open\.html$/);
});

test('the page redirects to the URL and links to it, without a script', async () => {
  const html = await readFile(page.path, 'utf8');
  const address = 'https://desk.example/vnc?ticket=one&#38;id=two#three';
  expect(html).toContain(`<meta http-equiv="refresh" content="0;url=${address}">`);
  expect(html).toContain(`<a href="${address}">desk.example</a>`);
  expect(html).not.toContain('<script');
});

test('the URL is HTML-escaped', async () => {
  const url = `https://desk.example/'"><script>alert(1)</script>`;
  const hostile = await createOneShotPage(url);
  try {
    const html = await readFile(hostile.path, 'utf8');
    expect(html).not.toMatch(/<script|'|">[^\n]*<s/);
    expect(html).toContain('&#39;&#34;&#62;&#60;script&#62;');
  } finally {
    await hostile.remove();
  }
});

test('remove deletes the folder and can be repeated', async () => {
  await page.remove();
  await page.remove();
  await expect(stat(dirname(page.path))).rejects.toMatchObject({ code: 'ENOENT' });
});

describe('the page counts as loaded', () => {
  test('at once when its style sheet is read', async () => {
    const loaded = page.isLoaded(30_000, QUIET);
    await readFile(page.path);
    await readFile(stylePath());
    expect(await loaded).toBe(true);
  });

  test('at the end of the wait when only the page itself was read', async () => {
    const loaded = page.isLoaded(200, QUIET);
    await readFile(page.path);
    expect(await loaded).toBe(true);
  });

  test('not when nothing was read', async () => {
    expect(await page.isLoaded(200, QUIET)).toBe(false);
  });
});

test('an abort ends the wait', async () => {
  const ending = new AbortController();
  const loaded = page.isLoaded(30_000, ending.signal);
  ending.abort();
  await expect(loaded).rejects.toMatchObject({ name: 'AbortError' });
});
