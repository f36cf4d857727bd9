import { describe, expect, it } from 'vitest';
import { answer, startScriptedServer } from '../helpers/scripted-server.js';
import { openAccountDesk, REQUESTS } from './open-account-desk.js';

const { state, list, cluster } = REQUESTS;
const HOUR_MS = 3_600_000;

describe('whoami --verify', () => {
  it('checks the token with the platform', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    const { exitCode, stdout } = await desk.run('whoami --verify --json');
    expect([exitCode, desk.requests]).toEqual([0, [state]]);
    expect(JSON.parse(stdout)).toMatchObject({
      user: 'test',
      tokenSource: 'file',
      expired: false,
      expiresInSeconds: 86_400,
    });
  });

  it.each(['10008', '10009'])(
    'exits with 4 if the platform rejects the token: %s',
    async (code) => {
      const desk = await openAccountDesk();
      await desk.logIn();
      desk.faults.add({ endpoint: 'checkToken', code });
      const { exitCode, stdout, stderr } = await desk.run('whoami --verify --json');
      expect([exitCode, stdout, desk.requests]).toEqual([4, '', [state]]);
      expect(JSON.parse(stderr).error).toMatchObject({
        code: 'auth.expired',
        hint: 'hpc-desk login',
      });
    },
  );

  it('exits with 5 on an internal error of the platform', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    desk.faults.add({ endpoint: 'checkToken', code: '10001' });
    expect((await desk.run('whoami --verify')).exitCode).toBe(5);
  });

  it('exits with 4 if the token has expired', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    desk.clock.advance(25 * HOUR_MS);
    expect((await desk.run('whoami --verify')).exitCode).toBe(4);
  });

  it('exits with 6 if the platform is unreachable', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    await desk.endSandbox();
    expect((await desk.run('whoami --verify')).exitCode).toBe(6);
  });

  it('whoami without --verify sends no request', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    expect((await desk.run('whoami')).exitCode).toBe(0);
    expect(desk.requests).toEqual([]);
  });
});

describe('whoami --verify with a token that is sent to its API URL only', () => {
  it('checks the token with the cluster', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    expect((await desk.run('whoami --verify')).exitCode).toBe(0);
    expect(desk.requests).toEqual([cluster]);
  });

  it('exits with 4 if the cluster rejects it', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    desk.faults.add({ endpoint: 'listClusters', code: '10008' });
    expect((await desk.run('whoami --verify')).exitCode).toBe(4);
  });

  it('lists sessions if the cluster answers 10009', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    desk.faults.add({ endpoint: 'listClusters', code: '10009' });
    expect((await desk.run('whoami --verify')).exitCode).toBe(0);
    expect(desk.requests).toEqual([cluster, list]);
  });

  it('does not accept an HTML page as an answer', async () => {
    const desk = await openAccountDesk();
    const html = { headers: { 'content-type': 'text/html' } };
    const server = await startScriptedServer(answer('<html>Welcome', html));
    try {
      await desk.run(`login --api-url ${server.origin} --token-stdin`, { stdin: 'any-token' });
      const { exitCode, stderr } = await desk.run('whoami --verify --json');
      expect([exitCode, JSON.parse(stderr).error.code]).toEqual([6, 'network.unusableAnswer']);
    } finally {
      await server.close();
    }
  });

  it('does not report an unexpired token as expired', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    desk.faults.add({ endpoint: 'listClusters', code: '10008' });
    const { stderr } = await desk.run('whoami --verify');
    expect(stderr).toContain('the platform no longer accepts your token');
  });

  it('checks an expired token with the cluster too', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    desk.clock.advance(25 * HOUR_MS);
    expect((await desk.run('whoami --verify')).exitCode).toBe(4);
    expect(desk.requests).toEqual([REQUESTS.cluster]);
  });
});
