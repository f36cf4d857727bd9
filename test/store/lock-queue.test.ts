import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseWaitMs, countAhead, nameTicket, withLock } from '../../src/store/lock.js';
import { nameOwner } from '../../src/store/process-identity.js';
import { replaceCall } from './replace-call.js';
import { makeFolder, UNLIMITED } from './test-store.js';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = makeFolder();
  lock = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stand = (ticket: string) => {
  mkdirSync(join(ticket, 'owner'), { recursive: true });
  return ticket;
};

describe('the queue', () => {
  it('counts the tickets ahead', () => {
    const owners = 'j i h g f e d c b a z'.split(' ');
    const tickets = owners.map((owner) => stand(nameTicket(lock, owner)));
    expect(tickets).toEqual(owners.map((owner, index) => `${lock}.${index + 1}.${owner}`));
    expect(tickets.map((ticket) => countAhead(lock, ticket))).toEqual([...owners.keys()]);
  });

  it('orders equal numbers by the rest of the name, independently of the order of readdir', () => {
    const owners = ['e', 'a', 'd', 'g', 'b', 'f', 'c', 'h'];
    const tickets = owners.map((owner) => stand(`${lock}.7.${owner}`));
    const undo = replaceCall(
      'readdirSync',
      (real) =>
        (...args) =>
          (real(...args) as string[]).toReversed(),
    );
    const places = tickets.map((ticket) => countAhead(lock, ticket));
    undo();
    expect(places).toEqual(owners.map((owner) => owners.toSorted().indexOf(owner)));
  });

  it('has nothing ahead of a removed ticket', () => {
    stand(`${lock}.1.a`);
    expect(countAhead(lock, `${lock}.2.b`)).toBe(0);
  });

  it.each(['lock', 'luck.5.x', 'lock-b.5.x', 'xlock.5.x', 'lock.x5.y', 'lock.5x.y', 'lock.5.'])(
    'ignores %s, which is not a ticket',
    (name) => {
      stand(join(folder, name));
      expect(nameTicket(lock, 'y')).toBe(`${lock}.1.y`);
    },
  );

  it('drops only the tickets of processes that have ended', async () => {
    const hostOf = (pid: number) => ({
      pid,
      machine: 'abc',
      startOf: () => '7',
      isAlive: (asked: number) => asked === 1,
      now: () => new Date(0),
      random: () => 0,
      sleep: async () => {},
    });
    const owners = [nameOwner(hostOf(1)), nameOwner(hostOf(2)), 'somebody-elsewhere'];
    const tickets = owners.map((owner) => stand(nameTicket(lock, owner)));
    const stillThere = () => tickets.map((ticket) => existsSync(ticket));
    const waiting = { patienceMs: 1000, limitMs: 1000, signal: UNLIMITED.signal };
    expect(await withLock(lock, hostOf(1), waiting, stillThere)).toEqual([true, false, true]);
  });
});

describe('the wait between two attempts', () => {
  it('grows with the number of tickets ahead', () => {
    expect([0, 1, 2, 100].map((ahead) => chooseWaitMs(ahead, 0, 0.5))).toEqual([3, 11, 19, 250]);
  });

  it('grows with the time that one holder keeps the lock', () => {
    const waits = [0, 100, 1000, 60_000].map((heldMs) => chooseWaitMs(0, heldMs, 0.5));
    expect(waits).toEqual([3, 28, 250, 250]);
  });

  it('has random jitter', () => {
    expect([0, 0.25, 0.75].map((random) => chooseWaitMs(1, 0, random))).toEqual([5.5, 8.25, 13.75]);
  });
});
