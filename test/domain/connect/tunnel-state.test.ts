import { describe, expect, it } from 'vitest';
import {
  initialState,
  isDown,
  reduce,
  type TunnelEvent,
  type TunnelState,
  toProgress,
} from '../../../src/domain/connect/tunnel-state.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { type LoginNode, parseLoginNode, type Route } from '../../../src/model/endpoint.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';

const target = { host: EXAMPLE_SESSION.ip, port: EXAMPLE_SESSION.port };
const via = parseLoginNode('me@login.example') as LoginNode;
const ROUTE: Route = { kind: 'ssh', target, via };

const CUT = new DeskError('ssh.exited', { via: 'login.example', exitCode: 255, reason: 'reset' });
const GONE = new DeskError('session.notFound', { selector: 'gv101:4' });
const failure = {
  'ssh.authFailed': new DeskError('ssh.authFailed', { via: 'login.example', reason: 'denied' }),
  'ssh.hostKey': new DeskError('ssh.hostKey', { via: 'login.example', reason: 'changed' }),
  'ssh.missing': new DeskError('ssh.missing', { platform: 'linux' }),
  'rfb.notRfb': new DeskError('rfb.notRfb', { target: 'x', received: 'SSH-2.0' }),
  'rfb.lockedOut': new DeskError('rfb.lockedOut', { target: 'x', reason: 'too many' }),
};

const EVENTS: Readonly<Record<string, TunnelEvent>> = {
  dialled: { kind: 'dialled' },
  greeted: { kind: 'greeted', rfbVersion: '003.008' },
  joined: { kind: 'joined' },
  left: { kind: 'left' },
  lost: { kind: 'lost', failure: CUT },
  retry: { kind: 'retry' },
  refused: { kind: 'refused', failure: CUT },
  gone: { kind: 'gone', failure: GONE },
  stopped: { kind: 'stopped' },
};

/** Applies the named events, `stepMs` apart, and returns all states on the way. */
function live(words: string, random = 0, stepMs = 1_000): TunnelState[] {
  let nowMs = 0;
  const lives = [initialState(ROUTE)];
  for (const word of words.split(' ').filter(Boolean)) {
    nowMs += stepMs;
    const event = EVENTS[word];
    if (event === undefined) throw new Error(`no event ${word}`);
    lives.push(reduce(lives.at(-1) as TunnelState, event, { nowMs, random }));
  }
  return lives;
}

const lived = (words: string, random?: number) => live(words, random).at(-1) as TunnelState;

describe('the tunnel state', () => {
  it.each([
    ['', 'starting'],
    ['dialled', 'sshAlive'],
    ['greeted', 'greeted'],
    ['dialled greeted', 'greeted'],
    ['dialled greeted dialled', 'greeted'],
    ['dialled greeted joined', 'inUse'],
    ['dialled greeted joined greeted', 'inUse'],
    ['dialled greeted joined joined left', 'inUse'],
    ['dialled greeted joined left', 'idle'],
    ['dialled greeted joined joined left left', 'idle'],
    ['dialled greeted joined left joined', 'inUse'],
    ['dialled greeted retry', 'greeted'],
    ['dialled greeted refused', 'greeted'],
    ['dialled greeted lost', 'lost'],
    ['dialled greeted joined lost', 'lost'],
    ['dialled greeted joined left lost', 'lost'],
    ['dialled greeted joined lost left', 'lost'],
    ['dialled greeted joined lost lost', 'lost'],
    ['dialled greeted joined lost refused', 'lost'],
    ['dialled greeted joined lost left retry', 'waiting'],
    ['dialled greeted joined lost left retry lost', 'waiting'],
    ['dialled greeted joined lost left retry refused', 'waiting'],
    ['dialled greeted joined lost left retry refused greeted', 'greeted'],
    ['dialled greeted joined lost left retry joined', 'inUse'],
    ['dialled greeted joined lost left retry greeted joined', 'inUse'],
    ['dialled greeted joined lost left retry greeted joined lost', 'lost'],
    ['dialled greeted joined gone', 'closed'],
    ['dialled greeted joined lost left retry gone', 'closed'],
    ['dialled greeted stopped', 'closed'],
    ['stopped', 'closed'],
    ['stopped dialled greeted joined lost retry refused', 'closed'],
  ])('after “%s”: %s', (words, phase) => {
    expect(lived(words).phase).toBe(phase);
  });

  it.each([
    ['dialled greeted', false],
    ['dialled greeted joined', false],
    ['dialled greeted lost', true],
    ['dialled greeted lost retry', true],
    ['dialled greeted lost retry greeted', false],
    ['dialled greeted lost gone', false],
  ])('after “%s”, isDown returns %s', (words, expected) => {
    expect(isDown(lived(words))).toBe(expected);
  });

  it('keeps counting clients across a lost link', () => {
    expect(lived('dialled greeted joined joined lost left retry greeted left').clients).toBe(0);
  });

  it('counts each loss once', () => {
    expect(lived('dialled greeted joined lost lost retry greeted lost').losses).toBe(2);
  });
});

describe('a lost link', () => {
  const delays = (words: string, random: number) =>
    live(words, random).flatMap((life) => (life.phase === 'waiting' ? [life.nextTryInMs] : []));
  const cut = 'dialled greeted joined lost left';

  it('is retried after 1, 2, 4, 8, 15, 15 s', () => {
    const words = `${cut} retry refused refused refused refused refused`;
    expect(delays(words, 0)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  it('is retried with random jitter of up to 40 %', () => {
    expect(delays(`${cut} retry refused`, 0.5)).toEqual([1_200, 2_400]);
  });

  it('is given up after five minutes with tunnel.lost and the reason of the last failure', () => {
    const lives = live(`${cut} retry${' refused'.repeat(40)}`, 0, 15_000);
    const last = lives.at(-1);
    expect(last).toMatchObject({
      phase: 'closed',
      failure: { code: 'tunnel.lost', details: { target: '10.0.41.101:5904', reason: 'reset' } },
    });
    const waits = lives.filter(({ phase }) => phase === 'waiting');
    expect(waits.length * 15).toBeLessThanOrEqual(5 * 60);
    expect(waits.length * 15).toBeGreaterThan(4 * 60);
  });

  it.each([
    ['an overnight suspend', 8 * 3_600_000],
    ['a clock set back', -3_600_000],
  ])('is not given up because of %s', (_, passedMs) => {
    const waiting = lived(`${cut} retry refused`);
    const nowMs = 7_000 + passedMs;
    const woken = reduce(waiting, EVENTS.refused as TunnelEvent, { nowMs, random: 0 });
    expect(woken).toMatchObject({ phase: 'waiting', nextTryInMs: 4_000 });
    const step = { nowMs: nowMs + 10_000, random: 0 };
    expect(reduce(woken, EVENTS.refused as TunnelEvent, step)).toMatchObject({
      phase: 'waiting',
      nextTryInMs: 8_000,
    });
  });

  it('is retried with the first delay if it had been restored for long', () => {
    const [before, again] = [lived(`${cut} retry refused greeted`), EVENTS.lost as TunnelEvent];
    const lost = reduce(before, again, { nowMs: 60_000, random: 0 });
    expect(reduce(lost, { kind: 'retry' }, { nowMs: 60_000, random: 0 })).toMatchObject({
      nextTryInMs: 1_000,
    });
  });

  it('is retried with the next delay if it was restored only briefly', () => {
    expect(lived(`${cut} retry refused greeted lost retry`)).toMatchObject({ nextTryInMs: 4_000 });
    expect(lived(`${cut} retry refused joined lost retry`)).toMatchObject({ nextTryInMs: 4_000 });
  });

  it.each(Object.values(failure))('is not retried after %o', (final) => {
    const waiting = lived(`${cut} retry`);
    const moment = { nowMs: 0, random: 0 };
    expect(reduce(waiting, { kind: 'refused', failure: final }, moment)).toMatchObject({
      phase: 'closed',
      failure: final,
    });
    const lost = reduce(lived('dialled greeted'), { kind: 'lost', failure: final }, moment);
    expect(reduce(lost, { kind: 'retry' }, moment)).toMatchObject({ failure: final });
  });
});

describe('progress messages', () => {
  const messages = (words: string) => {
    const lives = live(words);
    return lives.flatMap((life, index) => toProgress(lives[index - 1], life) ?? []);
  };
  const kinds = (words: string) => messages(words).map(({ kind }) => kind);

  it.each([
    ['dialled greeted joined left', ['routing', 'sshAlive', 'greeted', 'inUse', 'idle']],
    ['dialled greeted joined joined left', ['routing', 'sshAlive', 'greeted', 'inUse']],
    ['greeted lost retry refused', ['routing', 'greeted', 'lost', 'redialling', 'redialling']],
    ['greeted lost retry greeted', ['routing', 'greeted', 'lost', 'redialling', 'restored']],
    ['greeted lost joined', ['routing', 'greeted', 'lost', 'restored']],
    ['greeted gone', ['routing', 'greeted', 'sessionGone']],
    ['greeted stopped', ['routing', 'greeted']],
  ])('after “%s”: %j', (words, expected) => {
    expect(kinds(words)).toEqual(expected);
  });

  it('contain the details of each step', () => {
    expect(messages('greeted lost retry gone').slice(1)).toEqual([
      { kind: 'greeted', target, rfbVersion: '003.008' },
      { kind: 'lost', reason: 'reset' },
      { kind: 'redialling', tries: 1, nextTryInMs: 1_000 },
      { kind: 'sessionGone', name: 'gv101:4' },
    ]);
  });

  it('do not mention ssh on a direct route', () => {
    const direct = initialState({ kind: 'direct', target });
    const dialled = reduce(direct, { kind: 'dialled' }, { nowMs: 0, random: 0 });
    expect(toProgress(direct, dialled)).toBeUndefined();
  });
});
