import { expect, it } from 'vitest';
import type { EndingSignal } from '../../../src/cli/run/process-context.js';
import { listenForSignals } from '../../../src/cli/run/signals.js';
import { runCli, startCli } from '../../helpers/run-cli.js';

function open() {
  const listeners = new Set<(signal: EndingSignal) => void>();
  const crashListeners = new Set<(error: unknown) => void>();
  const died: EndingSignal[] = [];
  const slept: number[] = [];
  let wake: () => void = () => {};
  const signals = listenForSignals({
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onCrash(listener) {
      crashListeners.add(listener);
      return () => crashListeners.delete(listener);
    },
    dieOf: (signal) => died.push(signal),
    sleep: (durationMs) => {
      slept.push(durationMs);
      return new Promise((resolve) => {
        wake = resolve;
      });
    },
  });
  const send = (signal: EndingSignal) => {
    for (const listener of listeners) listener(signal);
  };
  const crash = (error: unknown) => {
    for (const listener of crashListeners) listener(error);
  };
  const count = () => listeners.size + crashListeners.size;
  return { signals, send, died, crash, slept, wake: () => wake(), count };
}

it.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s asks the run to end and exits with %i', async (signal, exitCode) => {
  const { signals, send, died } = open();
  expect([signals.signal.aborted, signals.exitCode]).toEqual([false, undefined]);
  send(signal);
  expect([signals.signal.aborted, signals.exitCode]).toEqual([true, exitCode]);
  expect(died).toEqual([]);
});

it('the second signal ends the process at once, whatever it is', () => {
  const { send, died, signals } = open();
  send('SIGINT');
  send('SIGTERM');
  expect(died).toEqual(['SIGTERM']);
  expect(signals.exitCode).toBe(130);
});

it('ending from within has no exit code, and a signal after it is the first one', () => {
  const { signals, send, died } = open();
  signals.abort();
  expect([signals.signal.aborted, signals.exitCode]).toEqual([true, undefined]);
  send('SIGINT');
  expect([signals.exitCode, died]).toEqual([130, []]);
});

it('nobody listens after the run', () => {
  const { signals, count } = open();
  expect(count()).toBe(2);
  signals.stop();
  expect(count()).toBe(0);
});

it('a run that is told to end while it works exits with the signal’s code and says nothing', async () => {
  const { exitCode, stdout, stderr } = await runCli('sandbox --desktop builtin -q', {
    signal: 'SIGTERM',
  });
  expect([exitCode, stdout, stderr]).toEqual([143, '', '']);
});

it('the first error that nobody caught ends the run, and those that follow tell nothing new', () => {
  const { signals, crash, slept } = open();
  expect([signals.crash, signals.signal.aborted]).toEqual([undefined, false]);
  crash('first');
  crash('second');
  expect([signals.crash, signals.signal.aborted]).toEqual([{ error: 'first' }, true]);
  expect([signals.exitCode, slept]).toEqual([undefined, [5_000]]);
});

it('closing what is open after a crash has a limit', async () => {
  const { signals, crash, wake } = open();
  crash('first');
  wake();
  await expect(signals.overdue).rejects.toBe('first');
});

it('a crash is told as a fault of ours without a stack, and the process ends', async () => {
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
