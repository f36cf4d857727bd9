import { expect, it } from 'vitest';
import type { EndingSignal } from '../../../src/cli/run/process-context.js';
import { listenForSignals } from '../../../src/cli/run/signals.js';
import { runCli } from '../../helpers/run-cli.js';

function open() {
  const listeners = new Set<(signal: EndingSignal) => void>();
  const died: EndingSignal[] = [];
  const signals = listenForSignals({
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dieOf: (signal) => died.push(signal),
  });
  const send = (signal: EndingSignal) => {
    for (const listener of listeners) listener(signal);
  };
  return { signals, send, died, listeners };
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
  const { signals, listeners } = open();
  signals.stop();
  expect(listeners.size).toBe(0);
});

it('a run that is told to end while it works exits with the signal’s code and says nothing', async () => {
  const { exitCode, stdout, stderr } = await runCli('sandbox --desktop builtin -q', {
    signal: 'SIGTERM',
  });
  expect([exitCode, stdout, stderr]).toEqual([143, '', '']);
});
