import { expect, it } from 'vitest';
import { greetDesktop } from '../../../src/domain/doctor/gather-facts.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { type Endpoint, parseLoginNode } from '../../../src/model/endpoint.js';
import { fakeTransport } from '../../helpers/fake-transport.js';

const target = { host: '10.0.0.7', port: 5904 } as Endpoint;
const via = parseLoginNode('me@login.example:65023');
const look = { limitMs: 1_000, signal: new AbortController().signal };

it('reads the greeting through ssh without prompts, and closes the forward', async () => {
  const transport = fakeTransport();
  expect(await greetDesktop(transport, { target, via }, look)).toEqual({ rfbVersion: '003.008' });
  expect(transport.forwards).toMatchObject([
    { route: { kind: 'ssh', target, via }, mayAsk: false },
  ]);
  expect(transport.events).toEqual(['forward opened', 'forward closed']);
});

it('connects directly without a login node', async () => {
  const transport = fakeTransport();
  await greetDesktop(transport, { target, via: undefined }, look);
  expect(transport.forwards).toMatchObject([{ route: { kind: 'direct', target } }]);
});

const notRfb = new DeskError('rfb.notRfb', { target: 'x', received: 'SSH-2.0-OpenSSH' });
const failing = () =>
  fakeTransport({
    openForward: async () => {
      throw notRfb;
    },
  });

it('accepts the SSH banner of the login node as success if there is no session', async () => {
  const greeting = greetDesktop(failing(), { target: undefined, via }, look);
  expect(await greeting).toEqual({ rfbVersion: '' });
});

it('does not accept an SSH banner from a desktop', async () => {
  await expect(greetDesktop(failing(), { target, via }, look)).rejects.toBe(notRfb);
});
