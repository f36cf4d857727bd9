import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_CLOCK, nextSweepAt } from '../../../src/model/time.js';
import { openAccountDesk } from '../open-account-desk.js';
import { openTestDesk } from '../test-desk.js';

const desk = openTestDesk();
const { json } = desk;
beforeAll(() => desk.logIn());
afterEach(() => desk.run('vnc delete --yes'));

describe('vnc show', () => {
  it('shows the only session, or the selected one', async () => {
    const { created, ...session } = await json('vnc create');
    for (const selector of ['', session.sessionId, session.name, session.id, 'gv101', 'gv']) {
      expect(await json(`vnc show ${selector}`)).toEqual(session);
    }
  });

  it.each(['vnc show', 'vnc show gv303'])(
    'exits with 3 when there is no such session: %s',
    async (line) => {
      const { exitCode, stdout, stderr } = await desk.run(line);
      expect([exitCode, stdout]).toEqual([3, '']);
      expect(stderr).toMatch(/\nerror: .*\nhint: {2}hpc-desk vnc (create|list)\n$/);
    },
  );

  it('prints shell variables', async () => {
    const session = await json('vnc create');
    const { stdout } = await desk.run('vnc show -o env');
    expect(stdout).toContain(`HPC_DESK_SESSION_ID='${session.sessionId}'\n`);
    expect(stdout).toContain(`HPC_DESK_PORT='${session.port}'\n`);
  });

  it.each([0, 8, -8, 365 * 24, -365 * 24])(
    'warns of the sweep by the platform’s clock if the local clock is %i h ahead',
    async (aheadHours) => {
      const account = await openAccountDesk();
      await account.logIn();
      await account.run('vnc create');
      const { clock } = account;
      const now = () => new Date(clock.now().getTime() + aheadHours * 3_600_000);
      const sweepAtMs = nextSweepAt(clock.now(), DEFAULT_CLOCK).getTime();
      clock.advance(sweepAtMs - clock.now().getTime() - 30 * 60_000);
      const { exitCode, stderr } = await account.run('vnc show', { now });
      expect([exitCode, stderr]).toEqual([
        0,
        expect.stringContaining('removes idle sessions in 30 min'),
      ]);
    },
  );
});
