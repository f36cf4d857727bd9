import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../helpers/eventually.js';
import { type DeskHome, logIn, openDeskHome } from '../../helpers/open-desk-home.js';
import { describeWith } from '../../helpers/real-components.js';
import { startOnTerminal } from '../../helpers/start-on-terminal.js';
import { startSilentPlatform } from '../../helpers/start-silent-platform.js';

describeWith(['script', 'stty', 'tty'], 'a terminal with zero columns', () => {
  let user: DeskHome;
  beforeEach(async () => {
    user = await openDeskHome();
  });
  afterEach(() => user.close());

  /** Runs a command on a terminal that the returned `resize` can resize. */
  function start(words: readonly string[]) {
    const nameFile = join(user.folder, 'tty');
    const run = startOnTerminal(words, {
      environment: user.environment,
      columns: 80,
      before: `tty >${nameFile}`,
    });
    const resize = async (columns: number) => {
      const name = (await readFile(nameFile, 'utf8')).trim();
      execFileSync('stty', ['-F', name, 'cols', String(columns)]);
    };
    return { ...run, resize };
  }

  test('does not disturb a running spinner', async () => {
    const platform = await startSilentPlatform();
    try {
      await logIn(user, { apiUrl: platform.apiUrl, token: 'anything' });
      const { output, ended, resize } = start(['vnc', 'list']);
      const frames = () => output().match(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g)?.length ?? 0;
      await eventually(() => frames() > 0);
      await resize(0);
      const before = frames();
      await eventually(() => frames() > before + 12);
      await resize(60);
      platform.speak();
      expect((await ended).exitCode).toBe(0);
    } finally {
      await platform.close();
    }
  });

  test('does not disturb a prompt', async () => {
    const { output, ended, resize, type } = start([
      ...['login', '--api-url', 'http://127.0.0.1:9'],
    ]);
    await eventually(() => output().includes('Token:'));
    await resize(0);
    type('not a token\r');
    const { exitCode, output: all } = await ended;
    expect([exitCode, all.length < 20_000]).toEqual([2, true]);
  });

  test('does not disturb a run that starts on it', async () => {
    const { ended } = startOnTerminal(['vnc', '--help'], {
      environment: user.environment,
      columns: 0,
    });
    const { output } = await ended;
    expect(output).toContain('vnc create');
    expect(output.length).toBeLessThan(20_000);
  });
});
