import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk } from '../test-desk.js';

const desk = openTestDesk();
const { json } = desk;
beforeAll(() => desk.logIn());
afterEach(() => desk.run('vnc delete --yes'));

describe('vnc list', () => {
  it('succeeds without sessions: an empty JSON array, no lines, or a sentence', async () => {
    expect(await json('vnc list')).toEqual([]);
    expect((await desk.run('vnc list')).stdout).toBe('');
    expect((await desk.run('vnc list -o name')).stdout).toBe('');
    expect((await desk.run('vnc list -o table')).stdout).toBe('No sessions.\n');
  });

  it('prints the session in every output format', async () => {
    const { created, ...session } = await json('vnc create');
    expect(await json('vnc list')).toEqual([session]);
    expect(await json('vnc list --fields name,port')).toEqual([
      { name: session.name, port: session.port },
    ]);
    const { stdout } = await desk.run('vnc list -q');
    expect(stdout).toBe(`${Object.values(session).join('\t')}\n`);
    expect((await desk.run('vnc list -o name')).stdout).toBe(`${session.sessionId}\n`);
    expect((await desk.run('vnc list -o table')).stdout).toMatch(/^NAME .*SESSION ID\ngv101:/);
  });

  it('is coloured only on a terminal', async () => {
    await json('vnc create');
    const wide = { isTerminal: true, columns: 120 };
    expect((await desk.run('vnc list', wide)).stdout).toContain('\x1b[1mNAME');
    const environment = { NO_COLOR: '1' };
    expect((await desk.run('vnc list', { isTerminal: true, environment })).stdout).not.toContain(
      '\x1b',
    );
    expect((await desk.run('vnc list -o table')).stdout).not.toContain('\x1b');
  });
});
