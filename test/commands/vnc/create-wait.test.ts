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

/** A platform that follows a script, and a desk that is logged in there. */
async function openScriptedDesk(...scripts: Step[][]) {
  const desk = await openAccountDesk();
  const server = await startScriptedServer(...scripts);
  servers.push(server);
  await desk.run(`login --api-url ${server.origin} --token-stdin`, { stdin: 'some-token' });
  return { desk, server };
}

/** A command that gets Ctrl-C at its so-manieth sleep. */
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
  it('tries again while every node is busy, one line for each try', async () => {
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

  it('says so in Chinese', async () => {
    const desk = await openBusyDesk(1);
    const { stderr } = await desk.run('vnc create --wait=2m --lang zh');
    expect(stderr).toContain('所有节点都繁忙；4 秒后进行第 2 次尝试');
  });

  it('shows a sign of life every 30 s where nothing is animated', async () => {
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

  it('is silent with --quiet and --json', async () => {
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
  ])(
    '%s ends with 10 and the platform’s words after a last try at its end',
    async (option, limitMs) => {
      const desk = await openBusyDesk(1_000);
      const { exitCode, stdout, stderr } = await desk.run(`vnc create ${option}`);
      expect([exitCode, stdout]).toEqual([10, '']);
      expect(stderr).toContain('815201');
      expect(stderr).toContain('所有VNC节点均过载');
      expect(sumOf(desk.clock.slept)).toBe(limitMs);
    },
  );

  it('tries once without it', async () => {
    const desk = await openBusyDesk(1);
    expect((await desk.run('vnc create')).exitCode).toBe(10);
    expect(desk.requests).toEqual([list, create]);
  });

  it('gives the platform the time that it asks for', async () => {
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

  it('ends at once when that is longer than its time', async () => {
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
  ])('ends at once with any other code: %s', async (code, exitCode) => {
    const desk = await openBusyDesk(1);
    desk.faults.add({ endpoint: 'createSession', code });
    expect((await desk.run('vnc create --wait')).exitCode).toBe(exitCode);
    expect(desk.requests.filter((request) => request === create)).toHaveLength(2);
  });

  it('renews its token on the way, however long ago it began', async () => {
    const desk = await openBusyDesk(30, 20 * MINUTE_MS);
    const { exitCode } = await desk.run('vnc create --wait=2h');
    expect(exitCode).toBe(0);
    // Tries 48 s apart: after 15 minutes the token is near its end.
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
  ])('%s exits with 2 and asks nobody', async (option) => {
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
  ])('%s exits with 130 and one line that says what stands', async (flag, sentence) => {
    const desk = await openBusyDesk(1_000);
    const running = interruptAtSleep(desk, `vnc create --wait ${flag}`, 3);
    const { exitCode, stdout, stderr } = await running.ended;
    expect([exitCode, stdout]).toEqual([130, '']);
    expect(linesOf(stderr).at(-1)).toBe(sentence);
    expect(desk.requests).toEqual([list, create]);
  });

  it('promises nothing while the platform is still making it', async () => {
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
