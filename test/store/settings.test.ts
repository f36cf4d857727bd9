import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.js';
import { makeFolder, openStore } from './test-store.js';

let folder: string;
let settings: Store['settings'];

beforeEach(() => {
  folder = makeFolder();
  settings = openStore(folder).settings;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plant = (text: string) => writeFileSync(settings.path, text, { mode: 0o600 });

describe('the settings', () => {
  it('keep the other values when one is removed', async () => {
    await settings.write('lang', 'zh');
    await settings.write('apiUrl', 'https://api.example.cn');
    await settings.write('lang', undefined);
    const { lang, apiUrl } = await settings.read();
    expect([lang, apiUrl?.text]).toEqual([undefined, 'https://api.example.cn']);
  });

  it('preserve unknown names in the file', async () => {
    plant('{"palette":{"dark":true},"lang":"en"}');
    await settings.write('lang', 'zh');
    expect(JSON.parse(readFileSync(settings.path, 'utf8'))).toEqual({
      palette: { dark: true },
      lang: 'zh',
    });
    expect(await settings.read()).toEqual({ lang: { value: 'zh', text: 'zh' } });
  });

  it('are repaired by overwriting the damaged value', async () => {
    plant('{"lang":"klingon"}');
    await settings.write('lang', 'en');
    expect(await settings.read()).toEqual({ lang: { value: 'en', text: 'en' } });
  });

  it.each([
    ['an invalid value', '{"lang":"klingon"}'],
    ['a value of another type', '{"sweepHour":1}'],
    ['an invalid URL', '{"apiUrl":"javascript:1"}'],
    ['a truncated file', '{"lang":'],
    ['an empty file', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['a string', '"lang"'],
    ['more than a mebibyte', `{"x":"${'x'.repeat(1024 * 1024)}"}`],
  ])('report %s as damage, with the path of the file', async (_title, text) => {
    plant(text);
    const damage = { code: 'store.damaged', details: { path: settings.path } };
    await expect(settings.read()).rejects.toMatchObject(damage);
    expect(readFileSync(settings.path, 'utf8')).toBe(text);
  });

  it('do not overwrite a damaged file', async () => {
    plant('{"lang":');
    await expect(settings.write('lang', 'en')).rejects.toMatchObject({ code: 'store.damaged' });
    expect(readFileSync(settings.path, 'utf8')).toBe('{"lang":');
  });
});
