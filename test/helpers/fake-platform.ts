import type { Platform } from '../../src/platform/platform.js';
import { EXAMPLE_SESSION } from './example-session.js';

/** An in-memory platform that records its calls; methods can be replaced. */
export function fakePlatform(overrides: Partial<Platform> = {}): Platform & { calls: string[] } {
  const calls: string[] = [];
  const noted =
    <Arguments extends unknown[], Answer>(name: string, answer: (...args: Arguments) => Answer) =>
    (...args: Arguments) => {
      calls.push([name, ...args].join(' '));
      return answer(...args);
    };
  const platform: Platform = {
    origin: 'https://zzhpc.example:65051',
    now: () => new Date(EXAMPLE_SESSION.createdAt),
    nextSweepAt: () => new Date(EXAMPLE_SESSION.sweepAt),
    createSession: async () => EXAMPLE_SESSION,
    listSessions: async () => [EXAMPLE_SESSION],
    deleteSession: async () => 'deleted',
    readLaunchUrl: async () => 'https://zzhpc.example:65051/launch',
    readSchedulers: async () => ['Slurm'],
    close: async () => {},
    ...overrides,
  };
  return {
    calls,
    origin: platform.origin,
    now: platform.now,
    nextSweepAt: platform.nextSweepAt,
    createSession: noted('create', platform.createSession),
    listSessions: noted('list', platform.listSessions),
    deleteSession: noted('delete', platform.deleteSession),
    readLaunchUrl: noted('launch', platform.readLaunchUrl),
    readSchedulers: noted('schedulers', platform.readSchedulers),
    close: platform.close,
  };
}
