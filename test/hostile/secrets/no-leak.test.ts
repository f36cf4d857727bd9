import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { IS_DEEP } from '../../helpers/deep.js';
import { MEMORY_FOLDER } from '../../helpers/memory-folder.js';
import { printCount } from '../../helpers/print-count.js';
import { COMMANDS, VERBOSITIES } from './commands.js';
import { type EchoPlatform, startEchoPlatform } from './echo-platform.js';
import { PATHS } from './failures.js';
import { runCell } from './run-cell.js';
import { findLeaks, plantedSecrets } from './sentinels.js';

let parent: string;
let platform: EchoPlatform;
let runs = 0;

beforeAll(async () => {
  parent = mkdtempSync(join(MEMORY_FOLDER, 'hpc-desk-secrets-'));
  vi.stubEnv('TMPDIR', parent);
  platform = await startEchoPlatform();
});

afterAll(async () => {
  printCount('runs searched for nine planted secrets', runs);
  vi.unstubAllEnvs();
  await platform?.close();
  rmSync(parent, { recursive: true, force: true });
});

test.each(PATHS)('no command leaks a secret: $title', async (path) => {
  const place = PATHS.indexOf(path);
  const commands = COMMANDS.filter(({ isOnline }) => isOnline || path.isForAll);
  const faults = [];
  for (const [index, command] of commands.entries()) {
    // Every other command in a quick run; the rest on the next path.
    if (!IS_DEEP && (index + place) % 2 === 1) continue;
    for (const { flags, environment } of verbositiesOf((index + place) / 2)) {
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

/** In a quick run one each, in turn, so that every command gets every verbosity on some path. */
function verbositiesOf(turn: number) {
  return IS_DEEP
    ? VERBOSITIES
    : [VERBOSITIES[Math.floor(turn) % VERBOSITIES.length] ?? { flags: '' }];
}

test.each(plantedSecrets())('the planted $name is found in plain or base64', ({ name, value }) => {
  const texts = [value, ...['', 'x', 'xx'].map((before) => btoa(`${before}${value}.`))];
  for (const text of texts) {
    const found = findLeaks(plantedSecrets(), 'here', `>${text}<`);
    expect(found.map(({ secret }) => secret)).toContain(name);
  }
});
