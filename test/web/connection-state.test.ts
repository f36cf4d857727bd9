import { describe, expect, it } from 'vitest';
import { CLOSE_CODES } from '../../src/model/page.js';
import {
  type ConnectionEvent,
  eventOf,
  INITIAL,
  type PageState,
  reduce,
} from '../../src/web/connection-state.js';

const closedAt = (nowMs: number, reason?: string): ConnectionEvent => ({
  kind: 'closed',
  reason,
  nowMs,
});
const stateAfter = (...events: ConnectionEvent[]): PageState => events.reduce(reduce, INITIAL);
const kinds = (...names: Exclude<ConnectionEvent['kind'], 'closed'>[]): ConnectionEvent[] =>
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
  expect(stateAfter(...events).connection.phase).toBe(phase);
});

it('a wrong password is asked for again, whatever becomes of its connection', () => {
  const events = kinds('dialled', 'passwordNeeded', 'passwordGiven', 'passwordWrong');
  expect(stateAfter(...events, closedAt(5)).connection).toEqual({
    phase: 'password',
    wasWrong: true,
  });
});

it('a desktop that drops us while we are asked is lost', () => {
  expect(stateAfter(...kinds('dialled', 'passwordNeeded'), closedAt(5)).connection.phase).toBe(
    'lost',
  );
});

it.each(
  'ssh.hostKey ssh.authFailed ssh.missing rfb.notRfb rfb.lockedOut session.notFound pageFull unknownLogin'.split(
    ' ',
  ),
)('%s is not tried again', (reason) => {
  expect(stateAfter(...kinds('dialled'), closedAt(0, reason)).connection).toEqual({
    phase: 'ended',
    reason,
  });
});

describe('a lost connection', () => {
  it('is tried again after 1, 2, 4, 8, 15 and 15 s', () => {
    const delays: number[] = [];
    let state = stateAfter(...kinds('dialled', 'connected'));
    for (let tries = 0; tries < 6; tries += 1) {
      state = reduce(state, closedAt(1_000));
      delays.push(state.connection.phase === 'lost' ? state.connection.retryAtMs - 1_000 : 0);
      state = reduce(state, { kind: 'dialled' });
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  it('is given up after five minutes, with its last reason', () => {
    const state = stateAfter(...kinds('dialled', 'connected'), closedAt(0), ...kinds('dialled'));
    expect(reduce(state, closedAt(299_000, 'tunnel.lost')).connection).toEqual({
      phase: 'ended',
      reason: 'tunnel.lost',
    });
    expect(reduce(state, closedAt(299_000)).connection).toMatchObject({ reason: 'patience' });
  });

  it('that came back begins anew', () => {
    const events = [
      ...kinds('dialled', 'connected'),
      closedAt(0),
      ...kinds('dialled', 'connected'),
    ];
    expect(stateAfter(...events).outage).toBeUndefined();
  });

  it('is counted once, however often it closes', () => {
    const once = stateAfter(...kinds('dialled', 'connected'), closedAt(0));
    expect(reduce(once, closedAt(1))).toBe(once);
  });
});

it.each([
  ['tunnel.lost', 'tunnel.lost'],
  ['ssh.\u202etimeout\u200b', 'ssh.\\u202etimeout\\u200b'],
  ['', undefined],
])('a failure %j is shown as %j', (reason, shown) => {
  expect(eventOf({ code: CLOSE_CODES.failed, reason }, 7)).toEqual(closedAt(7, shown));
});

it('a reason that comes with another code is not shown', () => {
  expect(eventOf({ code: 1006, reason: 'rfb.lockedOut' }, 7)).toEqual(closedAt(7));
});
