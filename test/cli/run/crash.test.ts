import { expect, it } from 'vitest';
import { listenForCrash } from '../../../src/cli/run/crash.js';
import { startCli } from '../../helpers/run-cli.js';

function open() {
  const listeners = new Set<(error: unknown) => void>();
  const slept: number[] = [];
  let aborted = 0;
  let wake: () => void = () => {};
  const watch = listenForCrash(
    {
      onCrash(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      sleep: (durationMs) => {
        slept.push(durationMs);
        return new Promise((resolve) => {
          wake = resolve;
        });
      },
    },
    () => {
      aborted += 1;
    },
  );
  const crash = (error: unknown) => {
    for (const listener of listeners) listener(error);
  };
  return { watch, crash, listeners, slept, wake: () => wake(), aborted: () => aborted };
}

it('the first error that nobody caught ends the run, and those that follow tell nothing new', () => {
  const { watch, crash, aborted, slept } = open();
  expect([watch.crash, aborted()]).toEqual([undefined, 0]);
  crash('first');
  crash('second');
  expect([watch.crash, aborted(), slept]).toEqual([{ error: 'first' }, 1, [5_000]]);
});

it('closing what is open has a limit', async () => {
  const { watch, crash, wake } = open();
  crash('first');
  wake();
  await expect(watch.overdue).rejects.toBe('first');
});

it('nobody listens after the run', () => {
  const { watch, listeners } = open();
  watch.stop();
  expect(listeners.size).toBe(0);
});

it('is told as a fault of ours without a stack, and the process ends', async () => {
  const running = startCli('sandbox --desktop builtin --json');
  await running.ready;
  running.crash(new TypeError('made up'));
  const { exitCode, stderr } = await running.ended;
  expect([exitCode, running.exited]).toEqual([1, [1]]);
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  expect(JSON.parse(last).error).toMatchObject({ code: 'bug.unexpected', family: 'bug' });
  expect(stderr).not.toMatch(/^\s+at /m);
});

it('a run that ends otherwise is left to end by itself', async () => {
  const running = startCli('sandbox --desktop builtin');
  await running.ready;
  running.send('SIGTERM');
  expect([(await running.ended).exitCode, running.exited]).toEqual([143, []]);
});
