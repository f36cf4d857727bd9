import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CredentialStore } from '../../src/store/credentials.js';
import { loginOf, makeFolder, openStore, straysIn } from './test-store.js';

let folder: string;
let credentials: CredentialStore;

beforeEach(() => {
  folder = makeFolder();
  credentials = openStore(folder).credentials;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plant = (text: string) => writeFileSync(credentials.path, text, { mode: 0o600 });
const readBack = () => JSON.parse(readFileSync(credentials.path, 'utf8'));
const damage = () => ({ code: 'store.damaged', details: { path: credentials.path } });

describe('the logins', () => {
  it('are loaded as saved, one per profile', async () => {
    await credentials.save('work', loginOf('w'));
    await credentials.save('default', loginOf('d'));
    await credentials.save('work', loginOf('w2'));
    expect(await credentials.list()).toEqual(['default', 'work']);
    expect(await credentials.load('work')).toEqual(loginOf('w2'));
    expect(await credentials.load('default')).toEqual(loginOf('d'));
    expect(await credentials.load('other')).toBeUndefined();
  });

  it('are removed individually; remove returns whether there was one', async () => {
    await credentials.save('a', loginOf('a'));
    await credentials.save('b', loginOf('b'));
    expect(await credentials.remove('a')).toBe(true);
    expect(await credentials.remove('a')).toBe(false);
    expect(await credentials.list()).toEqual(['b']);
  });

  it('may have any name, including __proto__ and constructor', async () => {
    const names = fc.oneof(
      fc.constantFrom(
        '__proto__',
        'constructor',
        'prototype',
        'toString',
        'a.b.cn',
        '__internal__',
        'all',
      ),
      fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/),
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(names, { minLength: 1, maxLength: 4 }), async (profiles) => {
        expect(await Promise.all(profiles.map((name) => credentials.load(name)))).toEqual(
          profiles.map(() => undefined),
        );
        for (const name of profiles) await credentials.save(name, loginOf(`t-${name}`));
        expect(await credentials.list()).toEqual([...profiles].sort());
        for (const name of profiles) {
          expect(await credentials.load(name)).toEqual(loginOf(`t-${name}`));
          expect(await credentials.remove(name)).toBe(true);
          expect(await credentials.remove(name)).toBe(false);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('preserve the data of a later version', async () => {
    const later = { ...loginOf('l'), scopes: ['x'] };
    plant(JSON.stringify({ version: 7, profiles: { later } }));
    await credentials.save('default', loginOf('d'));
    expect(readBack()).toEqual({ version: 7, profiles: { later, default: loginOf('d') } });
    expect(await credentials.load('later')).toEqual(loginOf('l'));
  });

  it('load from the file of an earlier version without other API URLs, clusters and access keys', async () => {
    const { otherApiUrls: _, clusters: __, accessKey: ___, ...old } = loginOf('old');
    plant(JSON.stringify({ profiles: { default: old } }));
    expect(await credentials.load('default')).toStrictEqual({
      ...loginOf('old'),
      otherApiUrls: [],
      clusters: [],
      accessKey: undefined,
    });
  });

  it('are replaced as a whole, so that no field of another account is left', async () => {
    plant(JSON.stringify({ profiles: { default: { ...loginOf('old'), refreshToken: 'r' } } }));
    await credentials.save('default', loginOf('new'));
    expect(readBack().profiles.default).toEqual(loginOf('new'));
  });

  it.each<[string, Record<string, unknown>]>([
    ['a token with a line break', { token: 'a\nb' }],
    ['an empty token', { token: '' }],
    ['an invalid API URL', { apiUrl: 'ftp://a' }],
    ['a missing API URL', { apiUrl: undefined }],
    ['an invalid platform URL', { platformUrl: 'file:///a' }],
    ['a number for a name', { user: 7 }],
    ['a cluster without a name', { cluster: { id: '1' } }],
    ['an invalid time', { expiresAt: 'soon' }],
    ['an invalid other API URL', { otherApiUrls: ['ftp://a'] }],
    ['a string instead of other API URLs', { otherApiUrls: 'https://a.example.cn' }],
    ['a cluster of the account without an id', { clusters: [{ name: 'east', token: 't' }] }],
    [
      'a token with a blank among the clusters',
      { clusters: [{ id: '1', name: '', token: 'a b' }] },
    ],
    [
      'an access key with a line break',
      { accessKey: { ...loginOf('x').accessKey, accessKey: 'a\n' } },
    ],
    [
      'an access key without its secret',
      { accessKey: { authUrl: 'https://a.cn', accessKey: 'a' } },
    ],
    ['an access key without a URL', { accessKey: { accessKey: 'a', secretKey: 's' } }],
  ])('report %s as damage, and the others stay usable', async (_title, change) => {
    plant(
      JSON.stringify({ profiles: { bad: { ...loginOf('x'), ...change }, good: loginOf('g') } }),
    );
    await expect(credentials.load('bad')).rejects.toMatchObject(damage());
    expect(await credentials.load('good')).toEqual(loginOf('g'));
    expect(await credentials.list()).toEqual(['bad', 'good']);
    expect(await credentials.remove('bad')).toBe(true);
  });

  it.each(['{"profiles":{"a":{"token":"SEC', '', '[]', '{"profiles":[]}', '\u0000\u0000'])(
    'leave a damaged file unchanged: %j',
    async (text) => {
      plant(text);
      await expect(credentials.load('a')).rejects.toMatchObject(damage());
      await expect(credentials.save('a', loginOf('t'))).rejects.toMatchObject(damage());
      await expect(credentials.remove('a')).rejects.toMatchObject(damage());
      expect(readFileSync(credentials.path, 'utf8')).toBe(text);
    },
  );
});

describe('removing all logins', () => {
  it('removes the file and returns the profile names', async () => {
    await credentials.save('b', loginOf('b'));
    await credentials.save('a', loginOf('a'));
    expect(await credentials.removeAll()).toEqual(['a', 'b']);
    expect(existsSync(credentials.path)).toBe(false);
    expect(straysIn(folder)).toEqual([]);
  });

  it('also removes a damaged file and the remains of an interrupted write', async () => {
    plant('{"profiles":{"a":{"token":"SEC');
    writeFileSync(`${folder}/credentials.next.json.tmp-0123456789abcdef`, 'SECRET');
    expect(await credentials.removeAll()).toEqual([]);
    expect(existsSync(credentials.path)).toBe(false);
    expect(straysIn(folder)).toEqual([]);
  });

  it('removes a symlink but not its target', async () => {
    const target = join(folder, 'settings.json');
    writeFileSync(target, '{}', { mode: 0o600 });
    symlinkSync(target, credentials.path);
    expect(await credentials.removeAll()).toEqual([]);
    expect([existsSync(credentials.path), existsSync(target)]).toEqual([false, true]);
  });

  it('does not remove a directory', async () => {
    mkdirSync(credentials.path);
    await expect(credentials.removeAll()).rejects.toMatchObject({ code: 'store.unsafe' });
  });
});
