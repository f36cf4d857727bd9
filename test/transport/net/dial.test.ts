import { afterEach, expect, test } from 'vitest';
import type { IpAddress } from '../../../src/model/endpoint.js';
import { closeStream, dial } from '../../../src/transport/net/dial.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';

let greeter: RfbGreeter;
const never = new AbortController().signal;

afterEach(() => greeter.close());

test('connects to a listening port', async () => {
  greeter = await startRfbGreeter();
  const socket = await dial(greeter.target, never);
  expect((await greeter.connection(0)).remotePort).toBe(socket.localPort);
  await closeStream(socket);
});

test('rejects with tunnel.unreachable when nothing listens on the port', async () => {
  greeter = await startRfbGreeter();
  await greeter.close();
  const { host, port } = greeter.target;
  await expect(dial(greeter.target, never)).rejects.toMatchObject({
    code: 'tunnel.unreachable',
    details: { target: `${host}:${port}`, reason: 'connection refused' },
  });
});

test('reports an IPv6 target in brackets', async () => {
  greeter = await startRfbGreeter();
  const target = { ...greeter.target, host: '::1' as IpAddress };
  await expect(dial(target, never)).rejects.toMatchObject({
    details: { target: `[::1]:${target.port}` },
  });
});

test('rejects with the reason of the signal when aborted', async () => {
  greeter = await startRfbGreeter();
  const controller = new AbortController();
  const dialled = dial(greeter.target, controller.signal);
  controller.abort(new Error('called off'));
  await expect(dialled).rejects.toThrow('called off');
  await expect(dial(greeter.target, controller.signal)).rejects.toThrow('called off');
});
