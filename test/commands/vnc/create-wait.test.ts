import { afterEach, describe, expect, it } from 'vitest';
import type { RunningCli } from '../../helpers/run-cli.js';
import {
  answer,
  reply,
  type ScriptedServer,
  type Step,
  startScriptedServer,
} from '../../helpers/scripted-server.js';
import { type AccountDesk, openAccountDesk, REQUESTS } from '../open-account-desk.js';
import { WIRE_SESSION } from '../session-wire.js';

const { renewal, list, create } = REQUESTS;
const MINUTE_MS = 60_000;

const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function openBusyDesk(busyCreates: number, tokenLifeMs?: number): Promise<AccountDesk> {
  const desk = await openAccountDesk({
    busyCreates,
    ...(tokenLifeMs === undefined ? {} : { tokenLifeMs }),
  });
  await desk.logIn();
  return desk;
}

/** Starts a scripted platform and a desk that is logged in to it. */
async function openScriptedDesk(...scripts: Step[][]) {
  const desk = await openAccountDesk();
  const server = await startScriptedServer(...scripts);
  servers.push(server);
  await desk.run(`login --api-url ${server.origin} --token-stdin`, { stdin: 'some-token' });
  return { desk, server };
}

/** Starts a command and sends SIGINT at its nth sleep. */
function interruptAtSleep(desk: AccountDesk, line: string, number: number): RunningCli {
  let sleeps = 0;
  const running = desk.start(line, {
    sleep(durationMs, signal) {
      sleeps += 1;
      if (sleeps === number) running.send('SIGINT');
      return desk.clock.sleep(durationMs, signal);
    },
  });
  return running;
}

const linesOf = (text: string) => text.trimEnd().split('\n');
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

describe('vnc create --wait', () => {
  it('retries while all nodes are busy, and prints one line per attempt', async () => {
    const desk = await openBusyDesk(2);
    const { exitCode, stdout, stderr } = await desk.run('vnc create --wait --field created');
    expect([exitCode, stdout]).toEqual([0, 'true\n']);
    expect(desk.requests).toEqual([list, create, list, create, list, create]);
    expect(sumOf(desk.clock.slept)).toBe(4_000 + 8_000);
    expect(linesOf(stderr)).toEqual([
      `Creating or finding the session at ${desk.description.apiUrl}`,
      'All nodes are busy; attempt 2 in 4 s (0 s elapsed, 10 min left)',
      expect.stringMatching(/^All nodes are busy; attempt 3 in 8 s \(4 s elapsed, .* left\)$/),
    ]);
  });

  it('prints the attempts in Chinese with --lang zh', async () => {
    const desk = await openBusyDesk(1);
    const { stderr } = await desk.run('vnc create --wait=2m --lang zh');
    expect(stderr).toContain('所有节点都繁忙；4 秒后进行第 2 次尝试');
  });

  it('prints a line every 30 s if there is no animation', async () => {
    const desk = await openBusyDesk(5);
    const { exitCode, stderr } = await desk.run('vnc create --wait=30m');
    const waits = linesOf(stderr).filter((line) => line.startsWith('All nodes are busy'));
    // Delays of 4, 8, 16, 32 and 48 s; the last two are long enough for a second line.
    expect(waits.map((line) => /attempt (\d+)/.exec(line)?.[1])).toEqual([
      '2',
      '3',
      '4',
      '5',
      '5',
      '6',
      '6',
    ]);
    expect(exitCode).toBe(0);
  });

  it('prints no progress with --quiet or --json', async () => {
    for (const flag of ['--quiet', '--json']) {
      const desk = await openBusyDesk(1);
      const { exitCode, stderr } = await desk.run(`vnc create --wait ${flag}`);
      expect([exitCode, stderr]).toEqual([0, '']);
    }
  });

  it.each([
    ['--wait=4s', 4_000],
    ['--wait=20s', 20_000],
    ['--wait', 10 * MINUTE_MS],
    ['--wait=90', 90_000],
  ])('%s exits with 10 and the platform’s message when the time is up', async (option, limitMs) => {
    const desk = await openBusyDesk(1_000);
    const { exitCode, stdout, stderr } = await desk.run(`vnc create ${option}`);
    expect([exitCode, stdout]).toEqual([10, '']);
    expect(stderr).toContain('815201');
    expect(stderr).toContain('所有VNC节点均过载');
    expect(sumOf(desk.clock.slept)).toBe(limitMs);
  });

  it('does not retry without --wait', async () => {
    const desk = await openBusyDesk(1);
    expect((await desk.run('vnc create')).exitCode).toBe(10);
    expect(desk.requests).toEqual([list, create]);
  });

  it('waits as long as Retry-After says', async () => {
    const tooOften = answer('{"code":"10011","msg":"调用频次过高","data":null}', {
      headers: { 'retry-after': '45' },
    });
    const { desk, server } = await openScriptedDesk(
      reply('0', []),
      tooOften,
      reply('0', []),
      reply('0', WIRE_SESSION),
    );
    const { exitCode, stderr } = await desk.run('vnc create --wait');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Too many requests to the platform; attempt 2 in 45 s');
    expect(sumOf(desk.clock.slept)).toBe(45_000);
    expect(server.requests).toHaveLength(4);
  });

  it('exits immediately if Retry-After is longer than the time limit', async () => {
    const tooOften = answer('{"code":"10011","msg":"调用频次过高"}', {
      headers: { 'retry-after': '3600' },
    });
    const { desk } = await openScriptedDesk(reply('0', []), tooOften);
    const { exitCode, stderr } = await desk.run('vnc create --wait');
    expect(exitCode).toBe(10);
    expect(stderr).toContain('try again in 3600 s');
    expect(desk.clock.slept).toEqual([]);
  });

  it.each([
    ['10009', 5],
    ['815008', 5],
    ['10001', 5],
  ])('exits immediately on any other code: %s', async (code, exitCode) => {
    const desk = await openBusyDesk(1);
    desk.faults.add({ endpoint: 'createSession', code });
    expect((await desk.run('vnc create --wait')).exitCode).toBe(exitCode);
    expect(desk.requests.filter((request) => request === create)).toHaveLength(2);
  });

  it('renews the token while waiting', async () => {
    const desk = await openBusyDesk(30, 20 * MINUTE_MS);
    const { exitCode } = await desk.run('vnc create --wait=2h');
    expect(exitCode).toBe(0);
    // With attempts 48 s apart, the token is about to expire after 15 minutes.
    expect(desk.requests.filter((request) => request === renewal)).toHaveLength(1);
    expect(desk.requests.indexOf(renewal)).toBeGreaterThan(2 * 15);
  });

  it.each([
    ['--wait=abc'],
    ['--wait='],
    ['--wait=0'],
    ['--wait=-5s'],
    ['--wait=25h'],
    ['--wait=1.5h'],
    ['--wait abc'],
  ])('%s exits with 2 and sends no request', async (option) => {
    const desk = await openBusyDesk(0);
    const { exitCode, stderr } = await desk.run(`vnc create ${option} --json`);
    expect([exitCode, desk.requests]).toEqual([2, []]);
    expect(JSON.parse(stderr).error.family).toBe('usage');
  });
});

describe('Ctrl-C during vnc create --wait', () => {
  it.each([
    ['--lang en', 'Stopped waiting; no session was created.'],
    ['--lang zh', '已停止等待；没有创建会话。'],
  ])('%s exits with 130 and reports that no session was created', async (flag, sentence) => {
    const desk = await openBusyDesk(1_000);
    const running = interruptAtSleep(desk, `vnc create --wait ${flag}`, 3);
    const { exitCode, stdout, stderr } = await running.ended;
    expect([exitCode, stdout]).toEqual([130, '']);
    expect(linesOf(stderr).at(-1)).toBe(sentence);
    expect(desk.requests).toEqual([list, create]);
  });

  it('reports that a session may have been created if a create request is pending', async () => {
    const { desk, server } = await openScriptedDesk(reply('0', []), []);
    const running = desk.start('vnc create --wait');
    while (server.requests.length < 2) await new Promise(setImmediate);
    running.send('SIGINT');
    const { exitCode, stderr } = await running.ended;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('may have been created: hpc-desk vnc list');
    expect(stderr).not.toContain('no session was created');
  });
});
