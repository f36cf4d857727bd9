import { EventEmitter, once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredLogin } from '../../src/model/login.js';
import type { Token } from '../../src/model/token.js';
import type { CredentialStore } from '../../src/store/credentials.js';
import { eventually } from '../helpers/eventually.js';
import { loginOf, makeFolder, openStore, straysIn, ticketsIn } from './test-store.js';

const DEAD = 'dead' as Token;

let folder: string;
let credentials: CredentialStore;
let unsaved: string[];
let calls: number;

beforeEach(async () => {
  folder = makeFolder();
  credentials = openStore(folder).credentials;
  unsaved = [];
  calls = 0;
  await credentials.save('default', loginOf(DEAD));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const make = (token: string, meanwhile?: () => Promise<unknown>) => async () => {
  calls += 1;
  await meanwhile?.();
  return loginOf(token);
};
const replace = (
  makeNew: (login: StoredLogin) => Promise<StoredLogin>,
  { profile = 'default', patienceMs = 10_000, signal = new AbortController().signal } = {},
) =>
  credentials.replaceDead(profile, DEAD, makeNew, {
    patienceMs,
    signal,
    onUnsaved: ({ code }) => unsaved.push(code),
  });
const storedToken = async () => (await credentials.load('default'))?.token;

describe('replacing a dead login', () => {
  it('stores and returns the renewed login, and leaves no other files', async () => {
    await credentials.save('other', loginOf('other'));
    const answer = await replace(async (login) => ({ ...login, token: 'new' as Token }));
    expect(answer).toEqual({ ...loginOf(DEAD), token: 'new' });
    expect(await credentials.load('default')).toEqual(answer);
    expect(await credentials.load('other')).toEqual(loginOf('other'));
    expect([unsaved, straysIn(folder)]).toEqual([[], []]);
  });

  it('returns the stored login if its token has changed', async () => {
    await credentials.save('default', loginOf('fresh'));
    expect(await replace(make('new'))).toEqual(loginOf('fresh'));
    expect(calls).toBe(0);
  });

  it('fails without a renewal if there is no such login', async () => {
    await expect(replace(make('new'), { profile: 'other' })).rejects.toMatchObject({
      code: 'auth.required',
      details: { profile: 'other' },
    });
    expect(calls).toBe(0);
  });

  it('fails without a renewal if the file is damaged, and leaves it unchanged', async () => {
    writeFileSync(credentials.path, '{"profiles":{"default":{"token":"SEC');
    await expect(replace(make('new'))).rejects.toMatchObject({ code: 'store.damaged' });
    expect(calls).toBe(0);
    expect(readFileSync(credentials.path, 'utf8')).toBe('{"profiles":{"default":{"token":"SEC');
  });

  it('keeps the dead login if the renewal fails', async () => {
    const fail = make('new', () => Promise.reject(new TypeError('no')));
    await expect(replace(fail)).rejects.toThrow('no');
    expect(calls).toBe(1);
    expect(await storedToken()).toBe(DEAD);
    expect(straysIn(folder)).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['log-out', () => credentials.remove('default')],
    ['log-out of all', () => credentials.removeAll()],
    ['removal of the folder', async () => rmSync(folder, { recursive: true })],
  ])('yields to a %s during the renewal', async (_title, logOut) => {
    await expect(replace(make('new', logOut))).rejects.toMatchObject({
      code: 'auth.required',
      details: { profile: 'default' },
    });
    expect(await credentials.list()).toEqual([]);
    expect(unsaved).toEqual([]);
  });

  it('yields to a log-in during the renewal', async () => {
    const logIn = () => credentials.save('default', loginOf('by-hand'));
    expect(await replace(make('new', logIn))).toEqual(loginOf('by-hand'));
    expect(await storedToken()).toBe('by-hand');
  });

  it('returns the new login if it cannot be stored, and reports why', async () => {
    const damage = async () => writeFileSync(credentials.path, '{');
    expect(await replace(make('new', damage))).toEqual(loginOf('new'));
    expect(unsaved).toEqual(['store.damaged']);
  });

  it('waits at most patienceMs for a stalled renewal, whose login is then not stored', async () => {
    const events = new EventEmitter();
    const begun = once(events, 'begun');
    const first = replace(
      make('late', () => {
        events.emit('begun');
        return once(events, 'go on');
      }),
    );
    await begun;
    expect(await replace(make('new'), { patienceMs: 100 })).toEqual(loginOf('new'));
    events.emit('go on');
    expect(await first).toEqual(loginOf('new'));
    expect([calls, await storedToken(), straysIn(folder)]).toEqual([2, 'new', []]);
  });

  it('waits for a concurrent renewal and returns the login that it stored', async () => {
    let second: Promise<StoredLogin> | undefined;
    const first = replace(
      make('new', () => {
        second = replace(make('other'));
        return eventually(() => ticketsIn(folder).length === 1);
      }),
    );
    expect([await first, await second]).toEqual([loginOf('new'), loginOf('new')]);
    expect(calls).toBe(1);
  });

  it('does not wait if the stored token has already changed', async () => {
    const meanwhile = async () => {
      await credentials.save('default', loginOf('fresh'));
      // Waiting would throw the abort reason.
      const answer = await replace(make('other'), { signal: AbortSignal.abort() });
      expect(answer).toEqual(loginOf('fresh'));
    };
    expect(await replace(make('new', meanwhile))).toEqual(loginOf('fresh'));
    expect(calls).toBe(1);
  });

  it('stops waiting when the signal aborts', async () => {
    const abort = new AbortController();
    const first = replace(
      make('new', async () => {
        const second = replace(make('other'), { signal: abort.signal });
        await eventually(() => ticketsIn(folder).length === 1);
        abort.abort();
        await expect(second).rejects.toBe(abort.signal.reason);
      }),
    );
    expect(await first).toEqual(loginOf('new'));
    expect([calls, straysIn(folder)]).toEqual([1, []]);
  });

  it('does not wait for another profile', async () => {
    await credentials.save('other', loginOf(DEAD));
    await replace(make('new', () => replace(make('other-new'), { profile: 'other' })));
    expect(calls).toBe(2);
  });
});
