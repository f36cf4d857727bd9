import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Port } from '../../../src/model/endpoint.js';
import type { Forward } from '../../../src/transport/forward/open-forward.js';
import { openForward } from '../../../src/transport/forward/open-forward.js';
import type {
  ForwardAddress,
  ForwardEvent,
  ForwardOptions,
} from '../../../src/transport/transport.js';
import { eventually } from '../../helpers/eventually.js';
import { freePort } from '../../helpers/free-port.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';

const machine = { environment: process.env, platform: process.platform };
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function greet(...parameters: Parameters<typeof startRfbGreeter>): Promise<RfbGreeter> {
  const greeter = await startRfbGreeter(...parameters);
  closers.push(greeter.close);
  return greeter;
}

async function open(greeter: RfbGreeter, options: Partial<ForwardOptions> = {}): Promise<Forward> {
  const forward = await openForward(
    {
      route: { kind: 'direct', target: greeter.target },
      listen: { kind: 'tcp', port: 0 },
      mayAsk: false,
      timeoutMs: 60_000,
      signal: new AbortController().signal,
      ...options,
    },
    machine,
  );
  closers.push(forward.close);
  return forward;
}

function attach(address: ForwardAddress): Socket {
  const socket = connect(address.kind === 'socket' ? { path: address.path } : address);
  closers.push(() => socket.destroy());
  return socket.on('error', () => {});
}

async function closed(socket: Socket): Promise<void> {
  if (!socket.resume().closed) await once(socket, 'close');
}

async function firstBytes(socket: Socket): Promise<string> {
  const [bytes] = await once(socket, 'data');
  return bytes.toString();
}

test('returns the RFB version of the greeting', async () => {
  expect((await open(await greet('RFB 003.889\n'))).rfbVersion).toBe('003.889');
});

test('listens before the desktop has answered, but serves no client until then', async () => {
  const port = (await freePort()) as Port;
  const greeter = await greet('', () => {});
  const opening = open(greeter, { listen: { kind: 'tcp', port } });
  const client = await eventually(async () => {
    const socket = attach({ kind: 'tcp', host: '127.0.0.1', port });
    await once(socket, 'connect');
    return socket;
  });
  const desktop = await greeter.connection(0);
  expect(client.bytesRead).toBe(0);
  desktop.write('RFB 003.008\n');
  const [greeting] = await Promise.all([firstBytes(client), opening]);
  expect(greeting).toBe('RFB 003.008\n');
  expect(greeter.accepted).toHaveLength(1);
});

test('a waiting client is disconnected when the target is not an RFB server', async () => {
  const port = (await freePort()) as Port;
  const greeter = await greet('', () => {});
  const opening = open(greeter, { listen: { kind: 'tcp', port } });
  const client = await eventually(async () => {
    const socket = attach({ kind: 'tcp', host: '127.0.0.1', port });
    await once(socket, 'connect');
    return socket;
  });
  (await greeter.connection(0)).end('SSH-2.0-OpenSSH\r\n');
  await expect(opening).rejects.toMatchObject({ code: 'rfb.notRfb' });
  await closed(client);
});

test('the first client gets the connection of the proof, the next one a new connection', async () => {
  const greeter = await greet();
  const forward = await open(greeter);
  expect(await firstBytes(attach(forward.address))).toBe('RFB 003.008\n');
  expect(greeter.accepted).toHaveLength(1);
  expect(await firstBytes(attach(forward.address))).toBe('RFB 003.008\n');
  expect(greeter.accepted).toHaveLength(2);
});

test('a client gets a new connection when the server has closed that of the proof', async () => {
  const greeter = await greet();
  const forward = await open(greeter);
  const proof = await greeter.connection(0);
  proof.end();
  await once(proof, 'close');
  expect(await firstBytes(attach(forward.address))).toBe('RFB 003.008\n');
  expect(greeter.accepted).toHaveLength(2);
});

test('bytes are transferred in both directions', async () => {
  const client = attach((await open(await greet())).address);
  await once(client, 'data');
  client.write('hello');
  expect(await firstBytes(client)).toBe('hello');
});

test('the end of the server connection closes the client', async () => {
  const greeter = await greet();
  const client = attach((await open(greeter)).address);
  await once(client, 'data');
  (await greeter.connection(0)).end();
  await once(client, 'close');
});

test('client events are reported', async () => {
  const [greeter, events] = [await greet(), [] as string[]];
  const { address } = await open(greeter, { report: ({ kind }) => events.push(kind) });
  expect(events).toEqual(['dialled']);
  const client = attach(address);
  await once(client, 'data');
  client.end();
  await once(client, 'close');
  const second = attach(address);
  await once(second, 'data');
  (await greeter.connection(1)).resetAndDestroy();
  await once(second, 'close');
  await expect.poll(() => events).toEqual(['dialled', 'joined', 'left', 'joined', 'lost', 'left']);
});

test('a failed connection for a client is reported as lost', async () => {
  const [greeter, losses] = [await greet(), [] as unknown[]];
  const report = (event: ForwardEvent) => event.kind === 'lost' && losses.push(event.failure);
  const forward = await open(greeter, { report });
  await once(attach(forward.address), 'data');
  await greeter.close();
  await once(attach(forward.address), 'close');
  await expect
    .poll(() => losses.at(-1))
    .toMatchObject({
      code: 'tunnel.unreachable',
      details: { reason: 'connection refused' },
    });
});

test('prove opens the connection of the next client; its failure does not close the forward', async () => {
  const greeter = await greet();
  const forward = await open(greeter);
  await once(attach(forward.address), 'data');
  expect(await forward.prove()).toBe('003.008');
  expect(greeter.accepted).toHaveLength(2);
  expect(await firstBytes(attach(forward.address))).toBe('RFB 003.008\n');
  expect(greeter.accepted).toHaveLength(2);
  await greeter.close();
  await expect(forward.prove()).rejects.toMatchObject({ code: 'tunnel.unreachable' });
  const client = attach(forward.address);
  await once(client, 'close');
});

test('a connection that breaks before the greeting rejects with tunnel.lost', async () => {
  const greeter = await greet('');
  const report = async () => (await greeter.connection(0)).resetAndDestroy();
  await expect(open(greeter, { report })).rejects.toMatchObject({
    code: 'tunnel.lost',
    details: { reason: 'connection reset by peer' },
  });
});

test('a client whose connection fails is closed without data', async () => {
  const greeter = await greet();
  const forward = await open(greeter);
  const first = attach(forward.address);
  await once(first, 'data');
  await greeter.close();
  const second = attach(forward.address);
  await once(second, 'close');
  expect(second.bytesRead).toBe(0);
});

test('a port in use is reported with its number', async () => {
  const greeter = await greet();
  const { port } = greeter.target;
  await expect(open(greeter, { listen: { kind: 'tcp', port } })).rejects.toMatchObject({
    code: 'tunnel.portTaken',
    details: { port },
  });
  await closed(await greeter.connection(0));
});

test('a requested port can be reused directly after close', async () => {
  const greeter = await greet();
  const first = await open(greeter);
  const { address } = first;
  const port = address.kind === 'tcp' ? address.port : 0;
  await first.close();
  expect((await open(greeter, { listen: { kind: 'tcp', port } })).address).toEqual(address);
});

test('a Unix socket is accessible to this user only and is deleted on close', async () => {
  const greeter = await greet();
  const forward = await open(greeter, { listen: { kind: 'socket' } });
  const path = forward.address.kind === 'socket' ? forward.address.path : '';
  expect(Buffer.byteLength(path)).toBeLessThan(100);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  expect(await firstBytes(attach(forward.address))).toBe('RFB 003.008\n');
  await forward.close();
  expect(existsSync(dirname(path))).toBe(false);
});

test.each([
  ['data other than RFB', 'SSH-2.0-OpenSSH_9.2\r\n', 'rfb.notRfb'],
  ['nothing', '', 'rfb.timeout'],
  ['a lock-out', 'RFB 003.003\n\0\0\0\0\0\0\0\x08Too many', 'rfb.lockedOut'],
])(
  'rejects with the error and closes the connection when the server sends %s',
  async (_title, greeting, code) => {
    const greeter = await greet(greeting);
    const timeoutMs = code === 'rfb.timeout' ? 300 : 60_000;
    await expect(open(greeter, { timeoutMs })).rejects.toMatchObject({ code });
    await closed(await greeter.connection(0));
  },
);

test('a server that closes without a greeting rejects with tunnel.lost', async () => {
  const greeter = await greet('', (socket) => void socket.end());
  await expect(open(greeter)).rejects.toMatchObject({ code: 'tunnel.lost' });
});

test('a port without a listener rejects with tunnel.unreachable', async () => {
  const greeter = await greet();
  await greeter.close();
  await expect(open(greeter)).rejects.toMatchObject({ code: 'tunnel.unreachable' });
});

test('close disconnects clients and servers, waits for them and can be repeated', async () => {
  const greeter = await greet();
  const forward = await open(greeter);
  const clients = [attach(forward.address), attach(forward.address)];
  await Promise.all(clients.map((client) => once(client, 'data')));
  const gone = [...clients, ...greeter.accepted].map((socket) => once(socket.resume(), 'close'));
  await Promise.all([forward.close(), forward.close()]);
  await Promise.all(gone);
  await forward.closed;
  await once(attach(forward.address), 'error').then(([error]) => {
    expect(error.code).toBe('ECONNREFUSED');
  });
});

test('an abort closes the forward', async () => {
  const controller = new AbortController();
  const greeter = await greet();
  const forward = await open(greeter, { signal: controller.signal });
  controller.abort();
  await forward.closed;
  await closed(await greeter.connection(0));
});

test('an abort during the proof rejects with the reason of the signal', async () => {
  const controller = new AbortController();
  const greeter = await greet('');
  const opening = open(greeter, { signal: controller.signal });
  const connection = await greeter.connection(0);
  controller.abort(new Error('called off'));
  await expect(opening).rejects.toThrow('called off');
  await closed(connection);
});

test('many forwards leave no open handles', async () => {
  const greeter = await greet();
  const ours = () =>
    process.getActiveResourcesInfo().filter((name) => /TCP|Pipe|Timeout/.test(name)).length;
  const cycle = async () => {
    const forward = await open(greeter);
    await firstBytes(attach(forward.address));
    await forward.close();
  };
  await cycle();
  const before = ours();
  for (let round = 0; round < 20; round += 1) await cycle();
  for (const socket of greeter.accepted) socket.destroy();
  await expect.poll(ours).toBeLessThanOrEqual(before);
});

describe('a client that connects before the desktop has answered', () => {
  async function connectEarly() {
    const greeter = await greet('');
    const port = (await freePort()) as Port;
    const opening = open(greeter, { listen: { kind: 'tcp', port } });
    opening.catch(() => {});
    const desktop = await greeter.connection(0);
    const client = await eventually(async () => {
      const socket = attach({ kind: 'tcp', host: '127.0.0.1', port });
      await once(socket, 'connect');
      return socket;
    });
    return { greeter, opening, desktop, client };
  }

  test('gets the connection of the proof', async () => {
    const { greeter, opening, desktop, client } = await connectEarly();
    const heard = firstBytes(client);
    desktop.write('RFB 003.008\n');
    expect((await opening).rfbVersion).toBe('003.008');
    expect(await heard).toBe('RFB 003.008\n');
    expect(greeter.accepted).toHaveLength(1);
  });

  test('is disconnected without another dial when the target is not an RFB server', async () => {
    const { greeter, opening, desktop, client } = await connectEarly();
    desktop.write('HTTP/1.1 400 Bad Request\r\n');
    await expect(opening).rejects.toMatchObject({ code: 'rfb.notRfb' });
    await closed(client);
    expect(greeter.accepted).toHaveLength(1);
  });
});
