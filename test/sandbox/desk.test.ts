import { describe, expect, test } from 'vitest';
import type { Display } from '../../src/model/endpoint.js';
import { createDesk, type DeskOptions } from '../../src/sandbox/desk.js';

const SCREEN = { display: 4 as Display, widthPx: 1920, heightPx: 1080 };
const OTHER_SCREEN = { display: 7 as Display, widthPx: 800, heightPx: 600 };

function openDesk(options: Partial<DeskOptions> = {}) {
  // 11:59:45 on the platform's clock.
  const clock = { now: new Date('2023-02-02T03:59:45Z') };
  const desk = createDesk({
    now: () => clock.now,
    nodes: [{ hostname: 'gv101', slots: 1 }],
    idleMs: 3_600_000,
    newId: () => 'e272e9bc5e6d40fbbcc39d82f172f63a',
    ...options,
  });
  const moveTo = (time: string) => {
    clock.now = new Date(time);
  };
  return { desk, moveTo };
}

test('a session is written as on the API page', () => {
  expect(openDesk().desk.add('test_1215', SCREEN)).toEqual({
    id: 'e272e9bc5e6d40fbbcc39d82f172f63a',
    createDate: '2023-02-02 11:59:45',
    hostname: 'gv101',
    ip: '127.0.0.1',
    name: 'gv101:4',
    sid: '4',
    user: 'test_1215',
    jobs: 'SIG',
    width: '1920',
    length: '1080',
    sessionId: 'gv101--test_1215--SIG--4',
  });
});

test('a second session of one user is the first one', () => {
  const { desk } = openDesk();
  const first = desk.add('ann', SCREEN);
  expect(desk.add('ann', OTHER_SCREEN)).toBe(first);
});

test('two users have two sessions, on the next node when one is full', () => {
  const { desk } = openDesk({
    nodes: [
      { hostname: 'gv101', slots: 1 },
      { hostname: 'gv102', slots: 1 },
    ],
  });
  desk.add('ann', SCREEN);
  expect(desk.add('bob', OTHER_SCREEN).name).toBe('gv102:7');
});

test('a desk whose nodes are full has no room', () => {
  const { desk } = openDesk();
  expect(desk.hasRoom(0)).toBe(true);
  desk.add('ann', SCREEN);
  expect(desk.hasRoom(0)).toBe(false);
});

test('a slot that is promised to a starting desktop is taken', () => {
  expect(openDesk().desk.hasRoom(1)).toBe(false);
});

test('nobody removes the session of somebody else', () => {
  const { desk } = openDesk();
  const { sessionId } = desk.add('ann', SCREEN);
  expect(desk.remove('bob', sessionId)).toBeUndefined();
  expect(desk.find('ann')).toBeDefined();
});

test('a removed session is gone, and removing it again finds nothing', () => {
  const { desk } = openDesk();
  const { sessionId } = desk.add('ann', SCREEN);
  expect(desk.remove('ann', sessionId)?.sessionId).toBe(sessionId);
  expect(desk.find('ann')).toBeUndefined();
  expect(desk.remove('ann', sessionId)).toBeUndefined();
});

describe('the nightly sweep', () => {
  const swept = ({ desk }: ReturnType<typeof openDesk>) => desk.sweep().map(({ user }) => user);

  test('takes nothing before 01:00 of the platform', () => {
    const night = openDesk();
    night.desk.add('ann', SCREEN);
    night.moveTo('2023-02-02T16:59:59Z');
    expect(swept(night)).toEqual([]);
  });

  test('takes an idle session at 01:00', () => {
    const night = openDesk();
    night.desk.add('ann', SCREEN);
    night.moveTo('2023-02-02T17:00:00Z');
    expect(swept(night)).toEqual(['ann']);
    expect(night.desk.find('ann')).toBeUndefined();
  });

  test('leaves a session that a viewer is connected to', () => {
    const night = openDesk();
    night.desk.noteClients(night.desk.add('ann', SCREEN).sessionId, 1);
    night.moveTo('2023-02-02T17:00:00Z');
    expect(swept(night)).toEqual([]);
  });

  test('leaves a session that was used less than the idle time before', () => {
    const night = openDesk();
    const { sessionId } = night.desk.add('ann', SCREEN);
    night.desk.noteClients(sessionId, 1);
    night.moveTo('2023-02-02T16:30:00Z');
    night.desk.noteClients(sessionId, 0);
    night.moveTo('2023-02-02T17:00:00Z');
    expect(swept(night)).toEqual([]);
  });

  test('leaves a session that was created after 01:00, however late the sweep is noticed', () => {
    const night = openDesk();
    night.moveTo('2023-02-02T17:10:00Z');
    night.desk.add('ann', SCREEN);
    night.moveTo('2023-02-03T09:00:00Z');
    expect(swept(night)).toEqual([]);
  });

  test('comes again the next night', () => {
    const night = openDesk();
    night.moveTo('2023-02-02T17:00:00Z');
    expect(swept(night)).toEqual([]);
    night.desk.add('ann', SCREEN);
    night.moveTo('2023-02-03T17:00:00Z');
    expect(swept(night)).toEqual(['ann']);
  });
});
