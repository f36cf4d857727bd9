import { beforeEach, describe, expect, it } from 'vitest';
import {
  createTickets,
  LINK_LIFE_MS,
  type Tickets,
} from '../../../src/transport/bridge/tickets.js';

let nowMs = 0;
let tickets: Tickets;

beforeEach(() => {
  nowMs = 0;
  tickets = createTickets(() => nowMs);
});

describe('a link', () => {
  it('has 256 random bits, as base64url', () => {
    const secrets = Array.from({ length: 100 }, () => tickets.issueLink());
    expect(secrets.every((secret) => /^[\w-]{43}$/.test(secret))).toBe(true);
    expect(new Set(secrets).size).toBe(100);
  });

  it('is good for one key, once', () => {
    const secret = tickets.issueLink();
    expect(tickets.exchange(secret)).toMatch(/^[\w-]{43}$/);
    expect(tickets.exchange(secret)).toBeUndefined();
  });

  it.each([
    [LINK_LIFE_MS - 1, true],
    [LINK_LIFE_MS, false],
  ])('after %i ms it is good: %s', (ageMs, isGood) => {
    const secret = tickets.issueLink();
    nowMs = ageMs;
    expect(tickets.exchange(secret) !== undefined).toBe(isGood);
  });

  it('is spent also by coming too late', () => {
    const secret = tickets.issueLink();
    nowMs = LINK_LIFE_MS;
    tickets.exchange(secret);
    nowMs = 0;
    expect(tickets.exchange(secret)).toBeUndefined();
  });

  it('is not spent by a word that was never given out', () => {
    const secret = tickets.issueLink();
    tickets.exchange('');
    expect(tickets.exchange(secret)).toBeDefined();
  });

  it('is spent by itself alone', () => {
    const secrets = [tickets.issueLink(), tickets.issueLink(), tickets.issueLink()];
    tickets.exchange(secrets[1] ?? '');
    expect(secrets.map((secret) => tickets.exchange(secret) !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is no key', () => {
    expect(tickets.isKey(tickets.issueLink())).toBe(false);
  });
});

describe('a key', () => {
  it('is exchanged for itself, as often as a tab is loaded', () => {
    const key = tickets.exchange(tickets.issueLink()) ?? '';
    nowMs = 10 * LINK_LIFE_MS;
    expect([tickets.exchange(key), tickets.exchange(key)]).toEqual([key, key]);
    expect(tickets.isKey(key)).toBe(true);
  });

  it.each([
    ['cut short', (key: string) => key.slice(0, -1)],
    ['longer', (key: string) => `${key}A`],
    ['in other case', (key: string) => key.replace(/[a-z]/gi, swapCase)],
    ['empty', () => ''],
    ['of another bridge', () => newKey()],
  ])('%s is none', (_, change) => {
    const key = newKey(tickets);
    expect(tickets.isKey(change(key))).toBe(false);
    expect(tickets.exchange(change(key))).toBeUndefined();
  });
});

function newKey(from = createTickets(() => 0)): string {
  return from.exchange(from.issueLink()) ?? '';
}

function swapCase(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}
