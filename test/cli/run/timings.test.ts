import { describe, expect, it } from 'vitest';
import { createTimings } from '../../../src/cli/run/timings.js';
import type { StatusMessage } from '../../../src/model/status.js';
import { openTestDesk } from '../../commands/test-desk.js';

function openTimings() {
  let nowMs = 1_000;
  const timings = createTimings(() => nowMs);
  return {
    ...timings,
    pass: (spanMs: number, kind?: StatusMessage['kind']) => {
      nowMs += spanMs;
      if (kind !== undefined) timings.observe({ kind } as StatusMessage);
    },
  };
}

describe('the timing line', () => {
  it('lists the phases in order', () => {
    const timings = openTimings();
    timings.addRequest(200);
    timings.addRequest(10.4);
    timings.pass(210, 'routing');
    timings.pass(640, 'sshAlive');
    timings.pass(35, 'greeted');
    timings.pass(5, 'viewing');
    timings.pass(180, 'inUse');
    timings.pass(1);
    expect(timings.line()).toBe(
      'time: platform 210 ms, login 640 ms, desktop 35 ms, viewer 180 ms, total 1071 ms',
    );
  });

  it('omits the login without a login node, and the viewer if none was started', () => {
    const timings = openTimings();
    timings.pass(1, 'routing');
    timings.pass(20, 'greeted');
    timings.pass(9, 'inUse');
    expect(timings.line()).toBe('time: desktop 20 ms, total 30 ms');
  });

  it('has the time of the first connection, not of reconnects', () => {
    const timings = openTimings();
    timings.pass(0, 'routing');
    timings.pass(20, 'greeted');
    timings.pass(5_000, 'greeted');
    expect(timings.line()).toBe('time: desktop 20 ms, total 5020 ms');
  });

  it('has only the total if nothing was measured', () => {
    expect(openTimings().line()).toBe('time: total 0 ms');
  });
});

describe('--debug', () => {
  const desk = openTestDesk();
  const TIMES = /(^|\n)time: platform \d+ ms, total \d+ ms\n$/;

  it('ends stderr with the timing line, even if the command fails', async () => {
    await desk.logIn();
    expect((await desk.run('vnc list --debug')).stderr).toMatch(TIMES);
    const failed = await desk.run('vnc show nobody --debug');
    expect(failed.exitCode).toBe(3);
    expect(failed.stderr).toMatch(TIMES);
    expect((await desk.run('vnc list')).stderr).not.toContain('time:');
  });
});
