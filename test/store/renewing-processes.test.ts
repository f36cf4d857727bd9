import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Token } from '../../src/model/token.js';
import { eventually } from '../helpers/eventually.js';
import { buildFixture, runFixture } from './fixture-program.js';
import { type RenewalServer, startRenewalServer } from './renewal-server.js';
import { loginOf, makeFolder, openStore, straysIn, ticketsIn } from './test-store.js';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

let folder: string;
let renewer: Awaited<ReturnType<typeof buildFixture>>;
let server: RenewalServer | undefined;

beforeAll(async () => {
  renewer = await buildFixture('store-renewer');
});
afterAll(() => renewer.remove());
beforeEach(async () => {
  folder = makeFolder();
  await openStore(folder).credentials.save('default', loginOf('dead'));
});
afterEach(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('processes that find the same dead login', () => {
  const run = (origin: string) =>
    Promise.all(NAMES.map((name) => runFixture(renewer.path, folder, name, origin)));
  /** No request is answered before all other processes are in the queue. */
  const othersWait = (count: number) => eventually(() => ticketsIn(folder).length === count);

  it('make one renewal request in total and all get the new login', async () => {
    server = await startRenewalServer({
      starters: 6,
      renew: async (number) => {
        await othersWait(5);
        return `new-${number}`;
      },
    });
    expect(await run(server.origin)).toEqual(NAMES.map(() => ['new-1']));
    expect(server.renewals).toHaveLength(1);
    expect((await openStore(folder).credentials.load('default'))?.token).toBe('new-1');
    expect(straysIn(folder)).toEqual([]);
  });

  it('try one after the other, each at most once, until one succeeds', async () => {
    server = await startRenewalServer({
      starters: 6,
      renew: async (number) => {
        await othersWait(6 - number);
        return number < 3 ? undefined : `new-${number}`;
      },
    });
    const answers = (await run(server.origin)).flat().sort();
    expect(answers).toEqual([...Array(4).fill('new-3'), 'platform.busy', 'platform.busy']);
    expect(new Set(server.renewals).size).toBe(3);
    expect(server.renewals).toHaveLength(3);
  });

  it('continue at once when the renewing process is killed', async () => {
    const events = new EventEmitter();
    const called = once(events, 'called');
    server = await startRenewalServer({
      starters: 1,
      renew: () => {
        events.emit('called');
        return new Promise(() => {});
      },
    });
    const child = spawn(process.execPath, [renewer.path, folder, 'a', server.origin]);
    await called;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    expect(readdirSync(join(folder, straysIn(folder)[0] ?? ''))).toHaveLength(1);
    const { credentials } = openStore(folder);
    const makeNew = async () => loginOf('new');
    const { signal } = new AbortController();
    const options = { patienceMs: 60_000, signal, onUnsaved: () => {} };
    expect(await credentials.replaceDead('default', 'dead' as Token, makeNew, options)).toEqual(
      loginOf('new'),
    );
    expect(straysIn(folder)).toEqual([]);
  });
});
