import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MEMORY_FOLDER } from '../helpers/memory-folder.js';
import { buildFixture, runFixture } from './fixture-program.js';
import { makeFolder } from './test-store.js';

interface Report {
  readonly fault: string;
  readonly call: number;
  readonly failed: string;
  readonly outcome: string;
  readonly after: string;
  readonly profiles: readonly string[];
  readonly strays: readonly string[];
}

const FULL = ['ENOSPC ONCE', 'EDQUOT ONCE', 'SHORT ONCE', 'ENOSPC ALWAYS'];
const UNUSABLE = [
  'EIO ONCE',
  'EROFS ONCE',
  'ENAMETOOLONG ONCE',
  'EXDEV ONCE',
  'EACCES ONCE',
  'EIO ALWAYS',
  'EROFS ALWAYS',
];
const FAULTS: (readonly [fault: string, failure: string])[] = [
  ...FULL.map((fault) => [fault, 'store.full'] as const),
  ...UNUSABLE.map((fault) => [fault, 'store.unusable'] as const),
  ['EMFILE ONCE', 'system.limit'],
];

let program: Awaited<ReturnType<typeof buildFixture>>;
let parent: string;

beforeAll(async () => {
  program = await buildFixture('store-faults');
  parent = makeFolder(MEMORY_FOLDER);
});
afterAll(() => {
  program.remove();
  rmSync(parent, { recursive: true, force: true });
});

const SOME_FAULTS = FAULTS.filter(([fault]) => /ENOSPC|SHORT|EROFS/.test(fault));

describe.each([
  ['save', FAULTS, 'the old or the new login is stored, and the result says which'],
  ['replace', SOME_FAULTS, 'the renewed login is returned, stored or not'],
] as const)('when a file system call fails in a %s', (change, faults, promise) => {
  let reports: readonly Report[];

  beforeAll(async () => {
    const names = faults.map(([fault]) => fault);
    const lines = await runFixture(program.path, parent, change, ...names);
    reports = lines.map((line) => JSON.parse(line) as Report);
  });

  it.each(faults)(`with %s at any call, ${promise}`, (fault, failure) => {
    const ours = reports.filter((report) => report.fault === fault);
    expect(ours.length).toBeGreaterThan(20);
    for (const report of ours) {
      const isNew = report.after.startsWith('new-') && report.after.length === 204;
      expect(report).toMatchObject({
        outcome: isNew ? 'saved' : failure,
        after: isNew ? report.after : 'old',
        profiles: ['default', 'second'],
        strays: [],
      });
    }
  });
});
