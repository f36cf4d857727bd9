import { once } from 'node:events';
import { expect, test } from 'vitest';
import { withDeadline } from '../../../src/transport/net/with-deadline.js';

const onTimeout = () => new Error('too slow');
const never = new AbortController().signal;
const untilAborted = async (signal: AbortSignal) => {
  await once(signal, 'abort');
  throw signal.reason;
};

test('returns the result of work that finishes in time', async () => {
  expect(await withDeadline({ timeoutMs: 60_000, signal: never, onTimeout }, async () => 7)).toBe(
    7,
  );
});

test('aborts work that times out with the error of onTimeout', async () => {
  const work = withDeadline({ timeoutMs: 1, signal: never, onTimeout }, untilAborted);
  await expect(work).rejects.toThrow('too slow');
});

test("the caller's signal aborts the work with its own reason", async () => {
  const controller = new AbortController();
  const limit = { timeoutMs: 60_000, signal: controller.signal, onTimeout };
  const work = withDeadline(limit, untilAborted);
  controller.abort(new Error('called off'));
  await expect(work).rejects.toThrow('called off');
  await expect(withDeadline(limit, async () => 7)).rejects.toThrow('called off');
});
