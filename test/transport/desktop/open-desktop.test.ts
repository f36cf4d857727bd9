import { afterEach, expect, test } from 'vitest';
import { openDesktop } from '../../../src/transport/desktop/open-desktop.js';
import { eventually } from '../../helpers/eventually.js';
import { type ScriptedDesktop, startScriptedDesktop } from '../../helpers/scripted-desktop.js';
import { desk, greet } from '../../hostile/rfb-parts.js';

let desktop: ScriptedDesktop;
afterEach(() => desktop.close());

const open = (signal: AbortSignal, onStep: (step: string) => void = () => {}) =>
  openDesktop(
    {
      route: { kind: 'direct', target: desktop.target },
      mayAsk: false,
      timeoutMs: 15_000,
      signal,
      password: undefined,
      report: onStep,
    },
    process.env,
  );

const isLeft = () => eventually(() => desktop.openConnections() === 0);

test('each step is reported when it is complete', async () => {
  desktop = await startScriptedDesktop(desk(8, 8));
  const steps: string[] = [];
  const opened = await open(new AbortController().signal, (step) => steps.push(step));
  expect(steps).toEqual(['reached', 'greeted', 'secured']);
  await opened.close();
  await opened.close();
  await isLeft();
});

test('an abort during the handshake rejects with its reason and closes the connection', async () => {
  desktop = await startScriptedDesktop(greet());
  const abort = new AbortController();
  const reason = new Error('enough');
  const opening = open(abort.signal, (step) => {
    if (step === 'greeted') setImmediate(() => abort.abort(reason));
  });
  await expect(opening).rejects.toBe(reason);
  await isLeft();
});

test('an abort during captureFrame rejects with its reason', async () => {
  desktop = await startScriptedDesktop(desk(8, 8));
  const abort = new AbortController();
  const reason = new Error('enough');
  const opened = await open(abort.signal);
  const capturing = opened.captureFrame(15_000);
  abort.abort(reason);
  await expect(capturing).rejects.toBe(reason);
  await opened.close();
  await isLeft();
});
