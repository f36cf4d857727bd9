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
] as const)('%s aborts the run and sets the exit code %i', async (signal, exitCode) => {
  const { signals, send, died } = open();
  expect([signals.signal.aborted, signals.exitCode]).toEqual([false, undefined]);
  send(signal);
  expect([signals.signal.aborted, signals.exitCode]).toEqual([true, exitCode]);
  expect(died).toEqual([]);
});

it('any second signal terminates the process immediately', () => {
  const { send, died, signals } = open();
  send('SIGINT');
  send('SIGTERM');
  expect(died).toEqual(['SIGTERM']);
  expect(signals.exitCode).toBe(130);
});

it('abort sets no exit code, and a later signal counts as the first', () => {
  const { signals, send, died } = open();
  signals.abort();
  expect([signals.signal.aborted, signals.exitCode]).toEqual([true, undefined]);
  send('SIGINT');
  expect([signals.exitCode, died]).toEqual([130, []]);
});

it('stop removes all listeners', () => {
  const { signals, count } = open();
  expect(count()).toBe(2);
  signals.stop();
  expect(count()).toBe(0);
});

it('a run that is interrupted by a signal exits with its code and prints nothing', async () => {
  const { exitCode, stdout, stderr } = await runCli('sandbox --desktop builtin -q', {
    signal: 'SIGTERM',
  });
  expect([exitCode, stdout, stderr]).toEqual([143, '', '']);
});

it('the first uncaught error aborts the run, and later ones are ignored', () => {
  const { signals, crash, slept } = open();
  expect([signals.crash, signals.signal.aborted]).toEqual([undefined, false]);
  crash('first');
  crash('second');
  expect([signals.crash, signals.signal.aborted]).toEqual([{ error: 'first' }, true]);
  expect([signals.exitCode, slept]).toEqual([undefined, [5_000]]);
});

it('cleanup after a crash has a time limit', async () => {
  const { signals, crash, wake } = open();
  crash('first');
  wake();
  await expect(signals.overdue).rejects.toBe('first');
});

it('a crash is reported as a bug without a stack trace, and the process exits with 1', async () => {
  const running = startCli('sandbox --desktop builtin --json');
  await running.ready;
  running.crash(new TypeError('made up'));
  const { exitCode, stderr } = await running.ended;
  expect([exitCode, running.exited]).toEqual([1, [1]]);
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  expect(JSON.parse(last).error).toMatchObject({ code: 'bug.unexpected', family: 'bug' });
  expect(stderr).not.toMatch(/^\s+at /m);
});

it('a run that ends without a crash does not force the process to exit', async () => {
  const running = startCli('sandbox --desktop builtin');
  await running.ready;
  running.send('SIGTERM');
  expect([(await running.ended).exitCode, running.exited]).toEqual([143, []]);
});
