import { describe, expect, test } from 'vitest';
import type { Desktop, DesktopOptions } from '../../src/sandbox/desktop.js';
import { createSessions } from '../../src/sandbox/sessions.js';

function open({ idleMs = 3_600_000 } = {}) {
  // 11:59:45 on the platform's clock.
  const clock = { now: new Date('2023-02-02T03:59:45Z') };
  const started: { readonly options: DesktopOptions; readonly desktop: Desktop }[] = [];
  const gate = { isOpen: true, open: () => {} };
  const waiting = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  const sessions = createSessions({
    now: () => clock.now,
    user: 'test_1215',
    idleMs,
    async startDesktop(options) {
      if (!gate.isOpen) await waiting;
      options.signal.throwIfAborted();
      const desktop = fakeDesktop(started.length + 4);
      started.push({ options, desktop });
      return desktop;
    },
    widthPx: 1920,
    heightPx: 1080,
    vncPassword: undefined,
  });
  const sweepAt = async (time: string) => {
    clock.now = new Date(time);
    await sessions.sweep();
    return sessions.list().length;
  };
  return { sessions, clock, started, gate, sweepAt };
}

function fakeDesktop(display: number): Desktop {
  let end = () => {};
  const closed = new Promise<void>((resolve) => {
    end = resolve;
  });
  const close = () => {
    end();
    return closed;
  };
  return { display, closed, close };
}

const ID = 'gv101--test_1215--SIG--4';

test('a session has the fields of the API page', async () => {
  expect(await open().sessions.create()).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    createDate: '2023-02-02 11:59:45',
    hostname: 'gv101',
    ip: '127.0.0.1',
    name: 'gv101:4',
    sid: '4',
    user: 'test_1215',
    jobs: 'SIG',
    width: '1920',
    length: '1080',
    sessionId: ID,
  });
});

test('two simultaneous creates and a later one start one desktop', async () => {
  const { sessions, started } = open();
  const [first, second] = await Promise.all([sessions.create(), sessions.create()]);
  expect(second).toBe(first);
  expect(await sessions.create()).toBe(first);
  expect(started).toHaveLength(1);
});

test('remove closes the desktop and returns false for an unknown session', async () => {
  const { sessions, started } = open();
  await sessions.create();
  expect(await sessions.remove('gv101--other')).toBe(false);
  expect(await sessions.remove(ID)).toBe(true);
  await started[0]?.desktop.closed;
  expect(sessions.list()).toEqual([]);
  expect(await sessions.remove(ID)).toBe(false);
});

test('a session is removed when its desktop ends', async () => {
  const { sessions, started } = open();
  await sessions.create();
  await started[0]?.desktop.close();
  expect(sessions.list()).toEqual([]);
});

test('close aborts the start of a desktop', async () => {
  const { sessions, gate, started } = open();
  gate.isOpen = false;
  const creating = sessions.create();
  const closing = sessions.close();
  gate.open();
  await closing;
  expect(await creating).toBeUndefined();
  expect(started).toEqual([]);
});

describe('the nightly sweep', () => {
  test('removes nothing before 01:00 platform time', async () => {
    const { sessions, sweepAt } = open();
    await sessions.create();
    expect(await sweepAt('2023-02-02T16:59:59Z')).toBe(1);
  });

  test('closes the desktop of an idle session at 01:00', async () => {
    const { sessions, started, sweepAt } = open();
    await sessions.create();
    expect(await sweepAt('2023-02-02T17:00:00Z')).toBe(0);
    await started[0]?.desktop.closed;
  });

  test('keeps a session with a connected viewer', async () => {
    const { sessions, started, sweepAt } = open();
    await sessions.create();
    started[0]?.options.onClientsChanged(1);
    expect(await sweepAt('2023-02-02T17:00:00Z')).toBe(1);
  });

  test('keeps a session that was used within the idle time', async () => {
    const { sessions, started, clock, sweepAt } = open();
    await sessions.create();
    started[0]?.options.onClientsChanged(1);
    clock.now = new Date('2023-02-02T16:30:00Z');
    started[0]?.options.onClientsChanged(0);
    expect(await sweepAt('2023-02-02T17:00:00Z')).toBe(1);
  });

  test('keeps a session that was created after 01:00, even if the sweep runs late', async () => {
    const { sessions, clock, sweepAt } = open();
    clock.now = new Date('2023-02-02T17:10:00Z');
    await sessions.create();
    expect(await sweepAt('2023-02-03T09:00:00Z')).toBe(1);
  });

  test('runs again the next night', async () => {
    const { sessions, sweepAt } = open();
    expect(await sweepAt('2023-02-02T17:00:00Z')).toBe(0);
    await sessions.create();
    expect(await sweepAt('2023-02-03T17:00:00Z')).toBe(0);
  });
});
