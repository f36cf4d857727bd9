import { afterEach, describe, expect, it } from 'vitest';
import {
  reply,
  type ScriptedServer,
  type Step,
  startScriptedServer,
} from '../../helpers/scripted-server.js';
import { openAccountDesk } from '../open-account-desk.js';
import { WIRE_SESSION } from '../session-wire.js';

const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const WIDER = { ...WIRE_SESSION, width: '2560' };
const HOUR_MS = 3_600_000;

/** Runs `vnc show --watch` against a platform that answers list requests with these scripts. */
async function watch(line: string, ...scripts: Step[][]) {
  const desk = await openAccountDesk();
  const server = await startScriptedServer(...scripts);
  servers.push(server);
  await desk.run(`login --api-url ${server.origin} --token-stdin`, { stdin: 'some-token' });
  return desk.run(`vnc show --watch ${line}`);
}

describe('vnc show --watch', () => {
  it('prints another line of JSON when the session changes, and exits with 3 when it is gone', async () => {
    const { exitCode, stdout, stderr } = await watch(
      '--json',
      reply('0', [WIRE_SESSION]),
      reply('0', [WIRE_SESSION]),
      reply('0', [WIDER]),
      reply('0', [WIDER]),
      reply('0', []),
    );
    const sessions = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(sessions.map(({ widthPx }) => widthPx)).toEqual([1920, 2560]);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stderr).error.code).toBe('session.notFound');
  });

  it.each<[string, Step[]]>([
    ['resets its connections', [{ close: 'reset' }]],
    ['closes its connections', [{ close: 'end' }]],
    ['reports rate limiting', reply('10011')],
    ['answers with HTTP 502', [{ send: 'HTTP/1.1 502 Bad\r\ncontent-length: 4\r\n\r\nnope' }]],
  ])('continues when the platform %s for a while', async (_, trouble) => {
    const { exitCode, stdout } = await watch(
      '--field widthPx',
      reply('0', [WIRE_SESSION]),
      trouble,
      trouble,
      trouble,
      trouble,
      trouble,
      reply('0', [WIDER]),
      reply('0', []),
    );
    expect([exitCode, stdout]).toEqual([3, '1920\n2560\n']);
  });

  it('prints the next sweep time after a sweep has passed', async () => {
    const desk = await openAccountDesk({ idleMs: 100 * HOUR_MS, tokenLifeMs: 100 * HOUR_MS });
    await desk.logIn();
    await desk.run('vnc create');
    // Noon in Shanghai; two minutes before the sweep.
    desk.clock.advance(13 * HOUR_MS - 120_000);
    let looks = 0;
    const { stdout, exitCode } = await desk.run('vnc show --watch --field sweepAt', {
      sleep(durationMs, signal) {
        looks += 1;
        if (looks === 20) desk.sessions.remove(desk.sessions.list()[0]?.sessionId ?? '');
        return desk.clock.sleep(durationMs, signal);
      },
    });
    expect([exitCode, stdout]).toEqual([
      3,
      '2026-05-02T01:00:00+08:00\n2026-05-03T01:00:00+08:00\n',
    ]);
  });

  it('renews the token while watching', async () => {
    const desk = await openAccountDesk({ idleMs: 100 * HOUR_MS, tokenLifeMs: HOUR_MS });
    await desk.logIn();
    await desk.run('vnc create');
    let looks = 0;
    const running = desk.start('vnc show --watch --field name', {
      sleep(durationMs, signal) {
        looks += 1;
        if (looks === 500) running.send('SIGINT');
        return desk.clock.sleep(durationMs, signal);
      },
    });
    expect((await running.ended).exitCode).toBe(130);
    expect(desk.requests.filter((request) => request.endsWith('/next'))).toHaveLength(2);
  });

  it('exits with 130 on Ctrl-C and prints no error', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    await desk.run('vnc create');
    const running = desk.start('vnc show --watch --json', {
      sleep: (durationMs, signal) => {
        running.send('SIGINT');
        return desk.clock.sleep(durationMs, signal);
      },
    });
    const { exitCode, stdout, stderr } = await running.ended;
    expect([exitCode, stderr]).toEqual([130, '']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  it('exits with 3 when there is no session', async () => {
    expect((await watch('', reply('0', []))).exitCode).toBe(3);
  });
});
