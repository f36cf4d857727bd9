import { beforeEach, describe, expect, it } from 'vitest';
import { idOf } from '../../../src/model/page.js';
import { createTickets, LINK_LIFE_MS, type Tickets } from '../../../src/transport/bridge/gate.js';

let nowMs = 0;
let tickets: Tickets;

beforeEach(() => {
  nowMs = 0;
  tickets = createTickets(() => nowMs);
});

const newKeys = (from = tickets) => {
  const keys = from.admit(idOf(from.issueLink()));
  if (keys === undefined || keys === null) throw new Error('a link without keys');
  return keys;
};

describe('a link', () => {
  it('has 256 random bits, as base64url', () => {
    const secrets = Array.from({ length: 100 }, () => tickets.issueLink());
    expect(secrets.every((secret) => /^[\w-]{43}$/.test(secret))).toBe(true);
    expect(new Set(secrets).size).toBe(100);
  });

  it('is accepted once', () => {
    const secret = tickets.issueLink();
    expect(tickets.find(idOf(secret))).toBe(secret);
    expect(tickets.admit(idOf(secret))).toBeDefined();
    expect(tickets.find(idOf(secret))).toBeUndefined();
    expect(tickets.admit(idOf(secret))).toBeUndefined();
  });

  it('is not used up before its page is admitted', () => {
    const secret = tickets.issueLink();
    tickets.find(idOf(secret));
    expect(tickets.admit(idOf(secret))).toBeDefined();
  });

  it.each([
    [LINK_LIFE_MS - 1, true],
    [LINK_LIFE_MS, false],
  ])('after %i ms is valid: %s', (ageMs, isGood) => {
    const id = idOf(tickets.issueLink());
    nowMs = ageMs;
    expect(tickets.find(id) !== undefined).toBe(isGood);
    expect(tickets.admit(id) !== undefined).toBe(isGood);
  });

  it('that expires between the two messages of its page is rejected', () => {
    const id = idOf(tickets.issueLink());
    expect(tickets.find(id)).toBeDefined();
    nowMs = LINK_LIFE_MS;
    expect(tickets.admit(id)).toBeUndefined();
  });

  it('is used up without affecting other links', () => {
    const ids = [0, 1, 2].map(() => idOf(tickets.issueLink()));
    tickets.admit(ids[1] ?? '');
    expect(ids.map((id) => tickets.find(id) !== undefined)).toEqual([true, false, true]);
  });
});

describe('the keys of a page', () => {
  it('are two, of 256 random bits each', () => {
    const { reconnect, reload } = newKeys();
    expect([reconnect, reload].every((key) => /^[\w-]{43}$/.test(key))).toBe(true);
    expect(reconnect).not.toBe(reload);
  });

  it('stay valid as long as the program runs', () => {
    const { reconnect, reload } = newKeys();
    nowMs = 10 * LINK_LIFE_MS;
    expect(tickets.find(idOf(reconnect))).toBe(reconnect);
    expect(tickets.find(idOf(reload))).toBe(reload);
  });

  it('for a reconnect issue no new keys', () => {
    expect(tickets.admit(idOf(newKeys().reconnect))).toBeNull();
  });

  it('for a reload issue new keys each time, also for a second window', () => {
    const { reload } = newKeys();
    const all = [0, 1].flatMap(() => Object.values(tickets.admit(idOf(reload)) ?? {}));
    expect(new Set([...all, reload]).size).toBe(5);
  });

  it('of another bridge are unknown', () => {
    expect(tickets.find(idOf(newKeys(createTickets(() => 0)).reload))).toBeUndefined();
  });
});
