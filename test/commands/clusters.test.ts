import { describe, expect, it } from 'vitest';
import { openAccountDesk, REQUESTS } from './open-account-desk.js';

const { keyLogin, center, renewal } = REQUESTS;

describe('clusters', () => {
  it('lists the clusters of the login without a request', async () => {
    const desk = await openAccountDesk({ usableClusters: 2 });
    await desk.logIn('key', '--cluster 11250');
    const { stdout } = await desk.run('clusters --json');
    expect(JSON.parse(stdout)).toEqual([
      {
        id: '11250',
        name: '沙盒一区【本机】',
        usable: true,
        current: true,
        accountStatus: 'Normal',
      },
      {
        id: '11251',
        name: '沙盒三区【本机】',
        usable: true,
        current: false,
        accountStatus: 'Normal',
      },
      { id: '20091', name: '沙盒二区【停用】', usable: false, current: false, accountStatus: '' },
    ]);
    expect(desk.requests).toEqual([]);
  });

  it('use selects another cluster', async () => {
    const desk = await openAccountDesk({ usableClusters: 2 });
    await desk.logIn('key', '--cluster 11250 --remember');
    const { accessKey } = desk.stored();
    const { exitCode, stdout } = await desk.run('clusters use 三区 --json');
    expect([exitCode, JSON.parse(stdout).cluster.id]).toEqual([0, '11251']);
    expect(desk.requests).toEqual([center]);
    expect(desk.stored()).toMatchObject({ cluster: { id: '11251' }, accessKey });
    expect((await desk.run('vnc list')).exitCode).toBe(0);
    expect((await desk.run('clusters use 11250 -o name')).stdout).toBe('11250\n');
  });

  it.each([
    ['昆山', 3, 'cluster.notFound'],
    ['本机', 2, 'cluster.ambiguous'],
    ['20091', 5, 'cluster.disabled'],
    ["''", 3, 'cluster.notFound'],
  ])('use %s exits with %i and changes nothing', async (selector, exitCode, code) => {
    const desk = await openAccountDesk({ usableClusters: 2 });
    await desk.logIn('key', '--cluster 11250');
    const before = desk.stored();
    const result = await desk.run(`clusters use ${selector} --json`);
    expect([result.exitCode, JSON.parse(result.stderr).error.code]).toEqual([exitCode, code]);
    expect(desk.stored()).toEqual(before);
    expect(desk.requests).toEqual([]);
  });

  it.each([
    ['renews an expired token', 25, '', 0, [renewal, center]],
    ['fails if the renewal is refused', 72, '', 4, [renewal]],
    ['logs in again with the stored key', 72, '--remember', 0, [keyLogin, center, center]],
  ])('use %s', async (_, hours, extra, exitCode, requests) => {
    const desk = await openAccountDesk({ usableClusters: 2 });
    await desk.logIn('key', `--cluster 11250 ${extra}`);
    desk.clock.advance(hours * 3_600_000);
    const result = await desk.run('clusters use 11251');
    expect([result.exitCode, desk.requests]).toEqual([exitCode, requests]);
    if (exitCode === 0) {
      expect(desk.stored().cluster.id).toBe('11251');
      expect((await desk.run('vnc list')).exitCode).toBe(0);
    }
  });
});
