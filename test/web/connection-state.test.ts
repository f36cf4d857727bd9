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
  ['a valid link starts connecting', kinds('dialled'), 'connecting'],
  ['an accepted connection is connected', kinds('dialled', 'connected'), 'connected'],
  ['a desktop with a password prompts for it', kinds('dialled', 'passwordNeeded'), 'password'],
  [
    'an entered password starts connecting',
    kinds('dialled', 'passwordNeeded', 'passwordGiven'),
    'connecting',
  ],
  ['a used link ends the page', kinds('linkSpent'), 'ended'],
  ['an exited program ends the page', kinds('dialled', 'connected', 'programGone'), 'ended'],
  ['an ended page can connect again', kinds('programGone', 'dialled'), 'connecting'],
] as const)('%s', (_, events, phase) => {
  expect(stateAfter(...events).connection.phase).toBe(phase);
});

it('the page asks again after a wrong password, even if the connection closes', () => {
  const events = kinds('dialled', 'passwordNeeded', 'passwordGiven', 'passwordWrong');
  expect(stateAfter(...events, closedAt(5)).connection).toEqual({
    phase: 'password',
    wasWrong: true,
  });
});

it('a connection that closes during the first password prompt is lost', () => {
  expect(stateAfter(...kinds('dialled', 'passwordNeeded'), closedAt(5)).connection.phase).toBe(
    'lost',
  );
});

it.each(
  'ssh.hostKey ssh.authFailed ssh.missing rfb.notRfb rfb.lockedOut session.notFound pageFull unknownLogin'.split(
    ' ',
  ),
)('%s is not retried', (reason) => {
  expect(stateAfter(...kinds('dialled'), closedAt(0, reason)).connection).toEqual({
    phase: 'ended',
    reason,
  });
});

describe('a lost connection', () => {
  it('is retried after 1, 2, 4, 8, 15 and 15 s', () => {
    const delays: number[] = [];
    let state = stateAfter(...kinds('dialled', 'connected'));
    for (let tries = 0; tries < 6; tries += 1) {
      state = reduce(state, closedAt(1_000));
      delays.push(state.connection.phase === 'lost' ? state.connection.retryAtMs - 1_000 : 0);
      state = reduce(state, { kind: 'dialled' });
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  it('ends after five minutes of retries, with the last reason', () => {
    const state = stateAfter(...kinds('dialled', 'connected'), closedAt(0), ...kinds('dialled'));
    expect(reduce(state, closedAt(299_000, 'tunnel.lost')).connection).toEqual({
      phase: 'ended',
      reason: 'tunnel.lost',
    });
    expect(reduce(state, closedAt(299_000)).connection).toMatchObject({ reason: 'patience' });
  });

  it('has no outage after it is re-established', () => {
    const events = [
      ...kinds('dialled', 'connected'),
      closedAt(0),
      ...kinds('dialled', 'connected'),
    ];
    expect(stateAfter(...events).outage).toBeUndefined();
  });

  it('ignores further close events', () => {
    const once = stateAfter(...kinds('dialled', 'connected'), closedAt(0));
    expect(reduce(once, closedAt(1))).toBe(once);
  });
});

it.each([
  ['tunnel.lost', 'tunnel.lost'],
  ['ssh.\u202etimeout\u200b', 'ssh.\\u202etimeout\\u200b'],
  ['', undefined],
])('the close reason %j is shown as %j', (reason, shown) => {
  expect(eventOf({ code: CLOSE_CODES.failed, reason }, 7)).toEqual(closedAt(7, shown));
});

it('a close reason with another close code is ignored', () => {
  expect(eventOf({ code: 1006, reason: 'rfb.lockedOut' }, 7)).toEqual(closedAt(7));
});
