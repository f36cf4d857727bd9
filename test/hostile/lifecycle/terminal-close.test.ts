import { afterAll, beforeAll, expect, test } from 'vitest';
import { IS_DEEP } from '../../helpers/deep.js';
import { eventually } from '../../helpers/eventually.js';
import { openDeskHome } from '../../helpers/open-desk-home.js';
import { printCount } from '../../helpers/print-count.js';
import { describeWith } from '../../helpers/real-components.js';
import { startScriptedServer } from '../../helpers/scripted-server.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';
import { fillStore } from '../secrets/fill-store.js';
import { expectNothingLeft, withTemporaryFolder } from './expect-nothing-left.js';
import { launchOnTerminal } from './launch-on-terminal.js';
import { SCENES, type Scene } from './scenes.js';

const TURNS = Array.from({ length: IS_DEEP ? 5 : 1 }, (_, turn) => turn);

/** The one scene that exists only on a terminal. */
async function question(): Promise<Scene> {
  const apiUrl = 'http://127.0.0.1:9';
  return {
    apiUrl,
    words: ['login', '--api-url', apiUrl],
    reach: (run) => eventually(() => run.stdout().includes('Token:')),
    close: async () => {},
  };
}

const ALL: Readonly<Record<string, (sshd: TestSshd) => Promise<Scene>>> = {
  ...SCENES,
  'question for a token': question,
};
const ROWS = Object.entries(ALL).flatMap(([scene, open]) =>
  TURNS.map((turn) => ({ scene, open, turn })),
);

describeWith(['script', 'ssh', 'sshd', 'ssh-keygen'], 'a closed terminal', () => {
  let sshd: TestSshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(async () => {
    printCount('terminals closed during a run', ROWS.length + 1);
    await sshd?.close();
  });

  test('ends a run that uses it only for stdin', async () => {
    const server = await startScriptedServer([]);
    const user = await openDeskHome();
    try {
      fillStore(user.configFolder, 'good', server.origin);
      const options = { environment: withTemporaryFolder(user), folder: user.folder };
      const run = launchOnTerminal(['vnc', 'list'], { ...options, isQuiet: true });
      await eventually(() => server.requests.length > 0);
      run.loseTerminal();
      expect(await run.exitCode()).toBe(129);
      await expectNothingLeft(user);
    } finally {
      await Promise.all([user.close(), server.close()]);
    }
  });

  test.concurrent.each(ROWS)('ends the run and leaves nothing behind: $scene', async ({ open }) => {
    const [user, scene] = await Promise.all([openDeskHome(), open(sshd)]);
    try {
      fillStore(user.configFolder, 'good', scene.apiUrl);
      const environment = {
        ...withTemporaryFolder(user),
        PATH: sshd.environment.PATH,
        ...scene.environment,
      };
      const run = launchOnTerminal(scene.words, { environment, folder: user.folder });
      await scene.reach(run);
      run.loseTerminal();
      expect(await run.exitCode()).toBe(129);
      await expectNothingLeft(user);
    } finally {
      await Promise.all([user.close(), scene.close()]);
    }
  });
});
