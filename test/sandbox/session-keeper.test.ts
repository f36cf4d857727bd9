import { expect, test } from 'vitest';
import type { Display } from '../../src/model/endpoint.js';
import { createDesk } from '../../src/sandbox/desk.js';
import type { Desktop, DesktopOptions } from '../../src/sandbox/desktop.js';
import { createSessionKeeper } from '../../src/sandbox/session-keeper.js';

function openKeeper() {
  const clock = { now: new Date('2026-01-01T00:00:00Z') };
  const started: { readonly options: DesktopOptions; readonly desktop: Desktop }[] = [];
  const gate = { isOpen: true, open: () => {} };
  const waiting = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  const keeper = createSessionKeeper({
    desk: createDesk({
      now: () => clock.now,
      nodes: [{ hostname: 'gv101', slots: 1 }],
      idleMs: 0,
      newId: () => 'id',
    }),
    async startDesktop(options) {
      if (!gate.isOpen) await waiting;
      options.signal.throwIfAborted();
      const desktop = paperDesktop((started.length + 4) as Display);
      started.push({ options, desktop });
      return desktop;
    },
    widthPx: 800,
    heightPx: 600,
    vncPassword: undefined,
  });
  return { keeper, clock, started, gate };
}

function paperDesktop(display: Display): Desktop {
  let end = () => {};
  const closed = new Promise<void>((resolve) => {
    end = resolve;
  });
  const close = () => {
    end();
    return closed;
  };
  return { display, widthPx: 800, heightPx: 600, closed, close };
}

test('two creations at once start one desktop', async () => {
  const { keeper, started } = openKeeper();
  const [first, second] = await Promise.all([keeper.create('ann'), keeper.create('ann')]);
  expect(first).toBe(second);
  expect(started).toHaveLength(1);
});

test('another user finds the one node full, also while the first desktop starts', async () => {
  const { keeper } = openKeeper();
  const [, second] = await Promise.all([keeper.create('ann'), keeper.create('bob')]);
  expect(second).toBe('full');
});

test('removing a session ends its desktop', async () => {
  const { keeper, started } = openKeeper();
  await keeper.create('ann');
  expect(await keeper.remove('ann', 'gv101--ann--SIG--4')).toBe(true);
  await started[0]?.desktop.closed;
  expect(await keeper.remove('ann', 'gv101--ann--SIG--4')).toBe(false);
});

test('a desktop that ends by itself takes its session with it', async () => {
  const { keeper, started } = openKeeper();
  await keeper.create('ann');
  await started[0]?.desktop.close();
  expect(keeper.list('ann')).toEqual([]);
});

test('the sweep ends the desktop of an idle session', async () => {
  const { keeper, started, clock } = openKeeper();
  await keeper.create('ann');
  clock.now = new Date('2026-01-01T17:00:00Z');
  await keeper.sweep();
  await started[0]?.desktop.closed;
  expect(keeper.list('ann')).toEqual([]);
});

test('the sweep spares a session whose desktop reports a viewer', async () => {
  const { keeper, started, clock } = openKeeper();
  await keeper.create('ann');
  started[0]?.options.onClientsChanged(1);
  clock.now = new Date('2026-01-01T17:00:00Z');
  await keeper.sweep();
  expect(keeper.list('ann')).toHaveLength(1);
});

test('closing abandons a desktop that is being started', async () => {
  const { keeper, gate, started } = openKeeper();
  gate.isOpen = false;
  const creating = keeper.create('ann');
  const closing = keeper.close();
  gate.open();
  await closing;
  expect(await creating).toBe('fault');
  expect(started).toEqual([]);
});
