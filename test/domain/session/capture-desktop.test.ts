import { expect, test } from 'vitest';
import { captureDesktop } from '../../../src/domain/session/check-session.js';
import type { IpAddress, Port } from '../../../src/model/endpoint.js';
import type { OpenDesktop } from '../../../src/transport/transport.js';
import { fakeTransport } from '../../helpers/fake-transport.js';

const PLAN = {
  route: { kind: 'direct', target: { host: '127.0.0.1' as IpAddress, port: 5901 as Port } },
  mayAsk: false,
  timeoutMs: 60_000,
  frameTimeoutMs: 20_000,
  signal: new AbortController().signal,
  password: undefined,
} as const;

function openWith(captureFrame: OpenDesktop['captureFrame']) {
  const closed: string[] = [];
  const transport = fakeTransport({
    openDesktop: async () => ({
      version: '003.008',
      securityTypes: [1],
      widthPx: 1,
      heightPx: 1,
      desktopName: '',
      captureFrame,
      close: async () => void closed.push('desktop'),
    }),
  });
  return { transport, closed };
}

test('a picture is taken within its limit, and the desktop is left', async () => {
  const picture = { widthPx: 1, heightPx: 1, pixels: Uint32Array.of(7) };
  const limits: number[] = [];
  const { transport, closed } = openWith(async (limitMs) => {
    limits.push(limitMs);
    return picture;
  });
  expect(await captureDesktop(transport, PLAN)).toBe(picture);
  expect(limits).toEqual([20_000]);
  expect(closed).toEqual(['desktop']);
});

test('a desktop whose picture fails is left too', async () => {
  const { transport, closed } = openWith(async () => {
    throw new Error('no picture');
  });
  await expect(captureDesktop(transport, PLAN)).rejects.toThrow('no picture');
  expect(closed).toEqual(['desktop']);
});
