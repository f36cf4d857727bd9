import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeAtomic } from '../../src/store/atomic-write.js';
import { loginOf, makeFolder, openStore } from './test-store.js';

// In a separate file, because worker threads (of mutation tests) cannot set the umask.
describe.skipIf(process.platform === 'win32')('under any umask', () => {
  let parent: string;
  let old: number;
  beforeEach(() => {
    parent = makeFolder();
    old = process.umask();
  });
  afterEach(() => {
    process.umask(old);
    rmSync(parent, { recursive: true });
  });

  const modeOf = (path: string) => `0${(statSync(path).mode & 0o7777).toString(8)}`;

  it.each(['000', '077'])('files are 0600 in 0700 folders under umask %s', async (umask) => {
    const store = openStore(join(parent, 'a', 'b'));
    process.umask(Number.parseInt(umask, 8));
    await store.credentials.save('default', loginOf('t'));
    await store.settings.write('lang', 'zh');
    const paths = [store.credentials.path, store.settings.path, store.folder, join(parent, 'a')];
    expect(paths.map(modeOf)).toEqual(['0600', '0600', '0700', '0700']);
  });

  it.each(['0600', '0644', '0777'])('writeAtomic sets the mode %s', (mode) => {
    process.umask(0o077);
    writeAtomic(join(parent, 'file'), 'new', Number.parseInt(mode, 8));
    expect(modeOf(join(parent, 'file'))).toBe(mode);
  });
});
