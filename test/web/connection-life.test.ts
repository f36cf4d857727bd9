import { describe, expect, it } from 'vitest';
import {
  BEGINNING,
  type LifeEvent,
  nextStanding,
  type Standing,
} from '../../src/web/connection-life.js';

const closedAt = (nowMs: number, reason?: string): LifeEvent => ({ kind: 'closed', reason, nowMs });
const standingAfter = (...events: LifeEvent[]): Standing => events.reduce(nextStanding, BEGINNING);
const kinds = (...names: Exclude<LifeEvent['kind'], 'closed'>[]): LifeEvent[] =>
  names.map((kind) => ({ kind }));

it.each([
  ['a link that is good leads to the desktop', kinds('dialled'), 'connecting'],
  ['a desktop that lets us in is shown', kinds('dialled', 'connected'), 'connected'],
  ['one with a password asks for it', kinds('dialled', 'passwordNeeded'), 'password'],
  ['a password is tried', kinds('dialled', 'passwordNeeded', 'passwordGiven'), 'connecting'],
  ['a used link is the end', kinds('linkSpent'), 'ended'],
  ['a program that is gone is the end', kinds('dialled', 'connected', 'programGone'), 'ended'],
  ['the end can be tried again', kinds('programGone', 'dialled'), 'connecting'],
] as const)('%s', (_, events, phase) => {
  expect(standingAfter(...events).life.phase).toBe(phase);
});

it('a wrong password is asked for again, whatever becomes of its connection', () => {
  const events = kinds('dialled', 'passwordNeeded', 'passwordGiven', 'passwordWrong');
  expect(standingAfter(...events, closedAt(5)).life).toEqual({ phase: 'password', wasWrong: true });
});

it('a desktop that drops us while we are asked is lost', () => {
  expect(standingAfter(...kinds('dialled', 'passwordNeeded'), closedAt(5)).life.phase).toBe('lost');
});

it.each(
  'ssh.hostKey ssh.authFailed ssh.missing rfb.notRfb rfb.lockedOut session.notFound pageFull unknownLogin'.split(
    ' ',
  ),
)('%s is not tried again', (reason) => {
  expect(standingAfter(...kinds('dialled'), closedAt(0, reason)).life).toEqual({
    phase: 'ended',
    reason,
  });
});

describe('a lost connection', () => {
  it('is tried again after 1, 2, 4, 8, 15 and 15 s', () => {
    const delays: number[] = [];
    let standing = standingAfter(...kinds('dialled', 'connected'));
    for (let tries = 0; tries < 6; tries += 1) {
      standing = nextStanding(standing, closedAt(1_000));
      delays.push(standing.life.phase === 'lost' ? standing.life.retryAtMs - 1_000 : 0);
      standing = nextStanding(standing, { kind: 'dialled' });
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  it('is given up after five minutes, with its last reason', () => {
    const standing = standingAfter(
      ...kinds('dialled', 'connected'),
      closedAt(0),
      ...kinds('dialled'),
    );
    expect(nextStanding(standing, closedAt(299_000, 'tunnel.lost')).life).toEqual({
      phase: 'ended',
      reason: 'tunnel.lost',
    });
    expect(nextStanding(standing, closedAt(299_000)).life).toMatchObject({ reason: 'patience' });
  });

  it('that came back begins anew', () => {
    const events = [
      ...kinds('dialled', 'connected'),
      closedAt(0),
      ...kinds('dialled', 'connected'),
    ];
    expect(standingAfter(...events).trouble).toBeUndefined();
  });

  it('is counted once, however often it closes', () => {
    const once = standingAfter(...kinds('dialled', 'connected'), closedAt(0));
    expect(nextStanding(once, closedAt(1))).toBe(once);
  });
});
