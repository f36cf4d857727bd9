import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { MEMORY_FOLDER } from '../../helpers/memory-folder.js';
import { tellCount } from '../../helpers/tell-count.js';
import { COMMANDS, VERBOSITIES } from './commands.js';
import { type EchoPlatform, startEchoPlatform } from './echo-platform.js';
import { PATHS, type Path } from './failures.js';
import { runCell } from './run-cell.js';
import { findLeaks, plantedSecrets } from './sentinels.js';

const isDeep = Boolean(process.env.HPC_DESK_TEST_DEEP);

let parent: string;
let platform: EchoPlatform;
let runs = 0;

beforeAll(async () => {
  parent = mkdtempSync(join(MEMORY_FOLDER, 'hpc-desk-secrets-'));
  vi.stubEnv('TMPDIR', parent);
  platform = await startEchoPlatform();
});

afterAll(async () => {
  tellCount('runs looked through for nine planted secrets', runs);
  vi.unstubAllEnvs();
  await platform?.close();
  rmSync(parent, { recursive: true, force: true });
});

test.each(PATHS)('no command leaks a secret when it meets: $title', async (path) => {
  const place = PATHS.indexOf(path);
  const commands = COMMANDS.filter(({ isOnline }) => isOnline || path.isForAll);
  const faults = [];
  for (const [index, command] of commands.entries()) {
    for (const { flags, environment } of verbositiesOf(path, index + place)) {
      const result = await runCell({ command, path, flags, environment }, platform, parent);
      runs += 1;
      const isCrash = result.exitCode === 1 && path.breaksWith === undefined;
      const crash = isCrash ? [{ crash: result.stderr }] : [];
      const cell = `${command.line} ${flags}`;
      faults.push(...[...result.leaks, ...crash].map((fault) => ({ cell, ...fault })));
    }
  }
  expect(faults).toEqual([]);
});

/** Where it matters most all of them, else each in turn, so that every command meets every one on some path. */
function verbositiesOf({ isForAll }: Path, turn: number) {
  return isDeep || isForAll
    ? VERBOSITIES
    : [VERBOSITIES[turn % VERBOSITIES.length] ?? { flags: '' }];
}

test.each(plantedSecrets())('a leak of the planted $name would be found', ({ name, value }) => {
  const texts = [value, ...['', 'x', 'xx'].map((before) => btoa(`${before}${value}.`))];
  for (const text of texts) {
    const found = findLeaks(plantedSecrets(), 'here', `>${text}<`);
    expect(found.map(({ secret }) => secret)).toContain(name);
  }
});
