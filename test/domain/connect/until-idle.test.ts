import { expect, it } from 'vitest';
import { createTunnelStore } from '../../../src/domain/connect/tunnel-state.js';
import { untilIdle } from '../../../src/domain/connect/tunnel-timers.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { eventually } from '../../helpers/eventually.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';

const CUT = new DeskError('tunnel.lost', { target: '10.0.41.101:5904', reason: 'reset' });

/** Runs `untilIdle` on a connected tunnel; the test ends each of the `waits` itself. */
function watch() {
  const target = { host: EXAMPLE_SESSION.ip, port: EXAMPLE_SESSION.port };
  const store = createTunnelStore({
    route: { kind: 'direct', target },
    now: () => new Date(),
    random: () => 0,
    report: () => {},
  });
  store.dispatch({ kind: 'greeted', rfbVersion: '003.008' });
  const waits: { readonly durationMs: number; pass(): void }[] = [];
  const reported: string[] = [];
  const over = untilIdle(store, {
    signal: new AbortController().signal,
    report: ({ kind }) => reported.push(kind),
    sleep: (durationMs, signal) =>
      new Promise((pass, reject) => {
        waits.push({ durationMs, pass });
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  });
  const begun = (count: number) => eventually(() => waits.length === count);
  return { store, waits, reported, over, begun };
}

it('rejects with bridge.unused if the page is not opened within 90 s', async () => {
  const { waits, over, begun } = watch();
  await begun(1);
  expect(waits[0]?.durationMs).toBe(90_000);
  waits[0]?.pass();
  await expect(over).rejects.toMatchObject({ code: 'bridge.unused', details: { limitMs: 90_000 } });
});

it('resolves 30 s after the last tab was closed', async () => {
  const { store, waits, reported, over, begun } = watch();
  await begun(1);
  for (const kind of ['joined', 'joined', 'left', 'left'] as const) store.dispatch({ kind });
  await begun(2);
  expect(waits[1]?.durationMs).toBe(30_000);
  expect(reported).toEqual(['deserted']);
  waits[1]?.pass();
  await over;
});

it('a reopened tab stops the timer', async () => {
  const { store, waits, over, begun } = watch();
  await begun(1);
  store.dispatch({ kind: 'joined' });
  store.dispatch({ kind: 'left' });
  await begun(2);
  store.dispatch({ kind: 'joined' });
  waits[1]?.pass();
  store.dispatch({ kind: 'left' });
  await begun(3);
  waits[2]?.pass();
  await over;
});

it('the timer does not run while the link is down', async () => {
  const { store, waits, over, begun } = watch();
  await begun(1);
  store.dispatch({ kind: 'joined' });
  store.dispatch({ kind: 'lost', failure: CUT });
  store.dispatch({ kind: 'left' });
  store.dispatch({ kind: 'retry' });
  expect(waits).toHaveLength(1);
  store.dispatch({ kind: 'greeted', rfbVersion: '003.008' });
  await begun(2);
  waits[1]?.pass();
  await over;
});
