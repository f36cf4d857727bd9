import { describe, expect, it } from 'vitest';
import { openAccountDesk } from '../../commands/open-account-desk.js';
import { eventually } from '../../helpers/eventually.js';
import type { CliOptions } from '../../helpers/run-cli.js';

const GHOSTTY = { TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.2.0', TERM: 'xterm-ghostty' };
const AT_TERMINAL: CliOptions = { isTerminal: true, environment: GHOSTTY };
const BAR = /\x1b\]9;4;(\d);\d+\x1b\\/g;

async function openDesk(busyCreates = 1) {
  const desk = await openAccountDesk({ busyCreates });
  await desk.logIn();
  return desk;
}

const statesOf = (text: string) => [...text.matchAll(BAR)].map(([, state]) => state);

describe('--notify at the end of a wait', () => {
  it('rings the bell and sends a notification if the terminal supports it', async () => {
    const desk = await openDesk();
    const { exitCode, stderr } = await desk.run('vnc create --wait --notify', AT_TERMINAL);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('\x07\x1b]777;notify;hpc-desk;vnc create finished\x1b\\');
  });

  it('only rings the bell on other terminals', async () => {
    const desk = await openDesk(0);
    const options = { isTerminal: true, environment: { TERM: 'xterm' } };
    const { stderr } = await desk.run('vnc create --notify', options);
    expect(stderr).toContain('\x07');
    expect(stderr).not.toContain('\x1b]');
  });

  it('reports a failure too, in the selected language', async () => {
    const desk = await openDesk(100);
    const line = 'vnc create --wait=10s --notify --lang zh';
    const { exitCode, stderr } = await desk.run(line, AT_TERMINAL);
    expect(exitCode).toBe(10);
    expect(stderr).toContain(';vnc create 失败\x1b\\');
  });

  it.each([
    ['in CI', { isTerminal: true, environment: { ...GHOSTTY, CI: 'true' } }],
    ['where stderr is no terminal', { isTerminal: ['stdout'], environment: GHOSTTY }],
    ['on a dumb terminal', { isTerminal: true, environment: { ...GHOSTTY, TERM: 'dumb' } }],
    ['on a terminal without a width', { isTerminal: true, columns: 0, environment: GHOSTTY }],
  ] as const)('is silent %s', async (_, options) => {
    const desk = await openDesk();
    const { exitCode, stderr } = await desk.run('vnc create --wait --notify', options);
    expect(exitCode).toBe(0);
    expect(stderr).not.toMatch(/\x07|\x1b\]/);
  });

  it('is enabled by the notify setting until it is turned off', async () => {
    const desk = await openDesk(0);
    await desk.run('config set notify on');
    const [create, list] = ['vnc create', 'vnc list'].map((line) => desk.run(line, AT_TERMINAL));
    expect((await create)?.stderr).toContain(';vnc create finished');
    expect((await list)?.stderr).not.toMatch(/\x07|\x1b\]777/);
    await desk.run('config set notify off');
    expect((await desk.run('vnc create', AT_TERMINAL)).stderr).not.toMatch(/\x07|\x1b\]777/);
    expect((await desk.run('vnc create --notify', AT_TERMINAL)).stderr).toContain('finished');
  });

  it('is off by default', async () => {
    const desk = await openDesk();
    const { stderr } = await desk.run('vnc create --wait', AT_TERMINAL);
    expect(stderr).not.toMatch(/\x07|\x1b\]777/);
  });

  it('sends nothing after Ctrl-C', async () => {
    const desk = await openDesk(100);
    const running = desk.start('vnc create --wait --notify', {
      ...AT_TERMINAL,
      sleep(durationMs, signal) {
        running.send('SIGINT');
        return desk.clock.sleep(durationMs, signal);
      },
    });
    const { exitCode, stderr } = await running.ended;
    expect(exitCode).toBe(130);
    expect(stderr).not.toMatch(/\x07|\x1b\]777/);
  });
});

describe('before the nightly sweep', () => {
  const connect = async (words: string) => {
    const desk = await openDesk(0);
    await desk.run(`config set sweepHour 13`);
    if (words !== '') await desk.run(words);
    desk.clock.advance(15 * 60_000);
    const running = desk.start('vnc connect --viewer none', {
      isTerminal: true,
      environment: { TERM: 'xterm' },
    });
    await eventually(() => running.stderr().includes('in 10 min'));
    running.send('SIGINT');
    return (await running.ended).stderr;
  };
  const bells = (text: string) => text.match(/\x07|in \d+ min/g);

  it('vnc connect rings the bell 30 and 10 minutes ahead, and not when it starts', async () => {
    expect(bells(await connect('config set notify on'))).toEqual([
      'in 45 min',
      'in 30 min',
      '\x07',
      'in 10 min',
      '\x07',
    ]);
  });

  it('vnc connect does not ring the bell by default', async () => {
    expect(bells(await connect(''))).toEqual(['in 45 min', 'in 30 min', 'in 10 min']);
  });
});

describe('the taskbar', () => {
  it('shows the progress of a wait and is cleared on success', async () => {
    const desk = await openDesk(2);
    const { exitCode, stderr } = await desk.run('vnc create --wait', AT_TERMINAL);
    expect(exitCode).toBe(0);
    // After 0, 5 and 10 s.
    expect(statesOf(stderr)).toEqual(['1', '1', '1', '0']);
  });

  it('is cleared when the wait fails', async () => {
    const desk = await openDesk(100);
    const { exitCode, stderr } = await desk.run('vnc create --wait=10s', AT_TERMINAL);
    expect(exitCode).toBe(10);
    expect(statesOf(stderr).at(-1)).toBe('0');
    expect(stderr.lastIndexOf('\x1b]9;4;0')).toBeLessThan(stderr.indexOf('all graphics nodes'));
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is cleared at once on %s', async (name) => {
    const desk = await openDesk(100);
    let atSignal = '';
    const running = desk.start('vnc create --wait', {
      ...AT_TERMINAL,
      async sleep(durationMs, signal) {
        running.send(name);
        atSignal = running.stderr();
        await desk.clock.sleep(durationMs, signal);
      },
    });
    const { stderr } = await running.ended;
    expect(statesOf(atSignal)).toEqual(['1', '0']);
    expect(statesOf(stderr)).toEqual(['1', '0']);
  });

  it('is cleared by an exit listener when the process crashes', async () => {
    const desk = await openDesk(1);
    const before = process.listeners('exit');
    let atCrash = '';
    const running = desk.start('vnc create --wait', {
      ...AT_TERMINAL,
      async sleep(durationMs, signal) {
        const [crash] = process.listeners('exit').filter((one) => !before.includes(one));
        crash?.call(process, 1);
        atCrash ||= running.stderr();
        await desk.clock.sleep(durationMs, signal);
      },
    });
    await running.ended;
    expect(statesOf(atCrash)).toEqual(['1', '0']);
    expect(process.listeners('exit')).toEqual(before);
  });

  it('is not touched by a command that does not wait', async () => {
    const desk = await openDesk(0);
    const { stderr } = await desk.run('vnc create', AT_TERMINAL);
    expect(stderr).not.toContain('\x1b]9;4');
  });

  it.each([
    ['without taskbar support', { isTerminal: true, environment: { TERM: 'xterm' } }],
    ['in CI', { isTerminal: true, environment: { ...GHOSTTY, CI: '1' } }],
    [
      'of an older version',
      { isTerminal: true, environment: { ...GHOSTTY, TERM_PROGRAM_VERSION: '1.1' } },
    ],
    ['when stderr is not a terminal', { isTerminal: ['stdin', 'stdout'], environment: GHOSTTY }],
  ] as const)('is not used on a terminal %s', async (_, options) => {
    const desk = await openDesk();
    const { stderr } = await desk.run('vnc create --wait', options);
    expect(stderr).not.toContain('\x1b]9;4');
  });
});
