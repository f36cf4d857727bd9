import { describe, expect, it } from 'vitest';
import { answer, startScriptedServer } from '../helpers/scripted-server.js';
import { openAccountDesk, REQUESTS } from './open-account-desk.js';

const { state, list, cluster } = REQUESTS;
const HOUR_MS = 3_600_000;

describe('whoami --verify', () => {
  it('asks the platform whether it takes the token', async () => {
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

  it.each(['10008', '10009'])('exits with 4 when it does not: %s', async (code) => {
    const desk = await openAccountDesk();
    await desk.logIn();
    desk.faults.add({ endpoint: 'checkToken', code });
    const { exitCode, stdout, stderr } = await desk.run('whoami --verify --json');
    expect([exitCode, stdout, desk.requests]).toEqual([4, '', [state]]);
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'auth.expired',
      hint: 'hpc-desk login',
    });
  });

  it('exits with 5 when the platform has a fault of its own', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    desk.faults.add({ endpoint: 'checkToken', code: '10001' });
    expect((await desk.run('whoami --verify')).exitCode).toBe(5);
  });

  it('exits with 4 when the token is over', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    desk.clock.advance(25 * HOUR_MS);
    expect((await desk.run('whoami --verify')).exitCode).toBe(4);
  });

  it('exits with 6 when the platform cannot be asked', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    await desk.endSandbox();
    expect((await desk.run('whoami --verify')).exitCode).toBe(6);
  });

  it('asks nobody without the option', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    expect((await desk.run('whoami')).exitCode).toBe(0);
    expect(desk.requests).toEqual([]);
  });
});

describe('whoami --verify of a token that goes to its API URL only', () => {
  it('asks the cluster', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    expect((await desk.run('whoami --verify')).exitCode).toBe(0);
    expect(desk.requests).toEqual([cluster]);
  });

  it('exits with 4 when the cluster refuses it', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    desk.faults.add({ endpoint: 'listClusters', code: '10008' });
    expect((await desk.run('whoami --verify')).exitCode).toBe(4);
  });

  it('asks for the list where the cluster has no other answer', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    desk.faults.add({ endpoint: 'listClusters', code: '10009' });
    expect((await desk.run('whoami --verify')).exitCode).toBe(0);
    expect(desk.requests).toEqual([cluster, list]);
  });

  it('believes no page that any server shows', async () => {
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

  it('does not say that a token expired whose time is not over', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    desk.faults.add({ endpoint: 'listClusters', code: '10008' });
    const { stderr } = await desk.run('whoami --verify');
    expect(stderr).toContain('the platform no longer accepts your token');
  });

  it('asks there too when it is over', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    desk.clock.advance(25 * HOUR_MS);
    expect((await desk.run('whoami --verify')).exitCode).toBe(4);
    expect(desk.requests).toEqual([REQUESTS.cluster]);
  });
});
