import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCompletionCache } from '../../src/store/completion-cache.js';
import { replaceCall } from './replace-call.js';
import { makeFolder } from './test-store.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const ANSWER = [
  { word: 'gv101--me--SIG--4', note: 'gv101:4' },
  { word: 'gv102--me--SIG--1', note: '' },
];
const later = (ms: number) => new Date(NOW.getTime() + ms);

let folder: string;
let file: string;
let cache: ReturnType<typeof createCompletionCache>;

beforeEach(() => {
  folder = makeFolder();
  file = join(folder, 'completions.json');
  cache = createCompletionCache(folder, process.geteuid?.());
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a valid cache file with `change` applied. */
const plant = (change: object) => {
  const good = { key: 'k', storedAtMs: NOW.getTime(), candidates: ANSWER };
  writeFileSync(file, JSON.stringify({ ...good, ...change }), { mode: 0o600 });
};

describe('the completion cache', () => {
  it('returns an answer under its key for a minute', () => {
    cache.write('k', NOW, ANSWER);
    expect(cache.read('k', NOW)).toEqual(ANSWER);
    expect(cache.read('k', later(60_000))).toEqual(ANSWER);
    expect(cache.read('k', later(60_001))).toBeUndefined();
    expect(cache.read('k', later(-1))).toBeUndefined();
    expect(cache.read('other', NOW)).toBeUndefined();
  });

  it('replaces a longer answer, in a file with mode 0600', () => {
    cache.write('k', NOW, ANSWER);
    cache.write('k', NOW, []);
    expect(cache.read('k', NOW)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['completions.json']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('has mode 0600 even while it is written', () => {
    const modes: number[] = [];
    const undo = replaceCall('chmodSync', (real) => (...args) => {
      modes.push(statSync(String(args[0])).mode & 0o777);
      return real(...args);
    });
    cache.write('k', NOW, ANSWER);
    undo();
    expect(modes).toEqual([0o600]);
  });

  it('does not write through a symlink', () => {
    const elsewhere = join(folder, 'thesis.tex');
    writeFileSync(elsewhere, 'mine');
    symlinkSync(elsewhere, file);
    cache.write('k', NOW, ANSWER);
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
    expect(cache.read('k', NOW)).toEqual(ANSWER);
  });

  it('silently stores nothing if there is no folder', () => {
    const path = join(folder, 'not-there');
    const nowhere = createCompletionCache(path, process.geteuid?.());
    nowhere.write('k', NOW, ANSWER);
    expect(nowhere.read('k', NOW)).toBeUndefined();
    expect(existsSync(path)).toBe(false);
  });

  it.each<[string, object]>([
    ['without a time', { storedAtMs: undefined }],
    ['with an ISO 8601 time', { storedAtMs: NOW.toISOString() }],
    ['with the time as a string', { storedAtMs: String(NOW.getTime()) }],
    ['with an object instead of the list', { candidates: { word: 'a', note: '' } }],
    ['with a text in the list', { candidates: ['a'] }],
    ['with null in the list', { candidates: [null] }],
    ['with an invalid word', { candidates: [{ word: 1, note: '' }] }],
    ['with an invalid note', { candidates: [...ANSWER, { word: 'a', note: 1 }] }],
    ['without a word', { candidates: [{ note: '' }] }],
    ['without a note', { candidates: [{ word: 'a' }] }],
  ])('ignores a file %s', (_title, change) => {
    plant({});
    expect(cache.read('k', NOW)).toEqual(ANSWER);
    plant(change);
    expect(cache.read('k', NOW)).toBeUndefined();
  });

  it('ignores a file that others can read', () => {
    plant({});
    chmodSync(file, 0o640);
    expect(cache.read('k', NOW)).toBeUndefined();
  });
});
