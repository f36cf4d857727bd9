import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk } from '../test-desk.js';

const desk = openTestDesk();
const { json } = desk;
beforeAll(() => desk.logIn());
afterEach(() => desk.run('vnc delete --yes'));

describe('vnc delete', () => {
  it('deletes the only session, and exits with 3 when repeated', async () => {
    const { sessionId } = await json('vnc create');
    expect(await json('vnc delete --yes')).toEqual({
      sessionId,
      deleted: true,
      alreadyGone: false,
    });
    expect((await desk.run('vnc delete --yes')).exitCode).toBe(3);
  });

  it('reports a session that no longer exists as deleted', async () => {
    const { sessionId } = await json('vnc create');
    desk.sandbox.faults.add({ endpoint: 'deleteSession', code: '815010' });
    expect(await json('vnc delete --yes')).toEqual({ sessionId, deleted: true, alreadyGone: true });
  });

  it.each(['vnc delete', 'vnc delete gv101', 'vnc delete --json'])(
    'requires --yes if it cannot ask for confirmation: %s',
    async (line) => {
      await json('vnc create');
      const { exitCode, stderr } = await desk.run(line);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('--yes');
      expect(await json('vnc list')).toHaveLength(1);
    },
  );

  it('deletes nothing for an empty selector, such as an unset shell variable', async () => {
    await json('vnc create');
    expect((await desk.run(['vnc', 'delete', '', '--yes'])).exitCode).toBe(3);
    expect(await json('vnc list')).toHaveLength(1);
  });

  it.each([
    ['y\n', true],
    ['n\n', false],
    ['\n', false],
  ])(
    'asks for confirmation on a terminal: the answer %j gives deleted=%s',
    async (stdin, deleted) => {
      await json('vnc create');
      const options = { isTerminal: ['stdin', 'stderr'], stdin } as const;
      const { exitCode, stdout, stderr } = await desk.run('vnc delete --field deleted', options);
      expect([exitCode, stdout]).toEqual([0, `${deleted}\n`]);
      expect(stderr).toContain('Everything running in it will be lost.');
      expect(await json('vnc list')).toHaveLength(deleted ? 0 : 1);
    },
  );

  it('exits with 130 on Ctrl-C at the prompt', async () => {
    await json('vnc create');
    const options = { isTerminal: ['stdin', 'stderr'], stdin: '\x03' } as const;
    expect((await desk.run('vnc delete', options)).exitCode).toBe(130);
    expect(await json('vnc list')).toHaveLength(1);
  });

  it.each(['--no-input', { HPC_DESK_NO_INPUT: '1' }, { CI: 'true' }])(
    'never prompts with %j',
    async (selector) => {
      const line = typeof selector === 'string' ? `vnc delete ${selector}` : 'vnc delete';
      const environment = typeof selector === 'string' ? {} : selector;
      const { exitCode } = await desk.run(line, { isTerminal: true, stdin: 'y\n', environment });
      expect(exitCode).toBe(2);
    },
  );
});
