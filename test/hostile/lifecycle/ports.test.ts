import { once } from 'node:events';
import { type AddressInfo, createServer, type ListenOptions, type Server } from 'node:net';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Port } from '../../../src/model/endpoint.js';
import type { Forward } from '../../../src/transport/forward/open-forward.js';
import { openForward } from '../../../src/transport/forward/open-forward.js';
import { freePort } from '../../helpers/free-port.js';
import { printCount } from '../../helpers/print-count.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { attach } from '../../soak/client.js';

/** Other listeners on the requested port. On Linux a wildcard covers 127.0.0.1, another address does not. */
const OTHER_LISTENERS: readonly { at: ListenOptions; isInTheWay: boolean }[] = [
  { at: { host: '127.0.0.1' }, isInTheWay: true },
  { at: { host: '0.0.0.0' }, isInTheWay: true },
  { at: { host: '::' }, isInTheWay: true },
  { at: { host: '::', ipv6Only: true }, isInTheWay: false },
  { at: { host: '::1' }, isInTheWay: false },
  { at: { host: '127.0.0.2' }, isInTheWay: false },
];
const AT_ONCE = 8;

let greeter: RfbGreeter;
const closers: (() => unknown)[] = [];

beforeEach(async () => {
  greeter = await startRfbGreeter();
  closers.push(greeter.close);
});
afterAll(() => printCount('port takeovers and races', OTHER_LISTENERS.length * 2 + 4));
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function open(port: number): Promise<Forward> {
  const forward = await openForward(
    {
      route: { kind: 'direct', target: greeter.target },
      listen: { kind: 'tcp', port: port as Port },
      ...{ mayAsk: false, timeoutMs: 60_000, signal: new AbortController().signal },
    },
    { environment: {}, platform: process.platform },
  );
  closers.push(forward.close);
  return forward;
}

/** Undefined where this machine has no such address. */
async function squat(at: ListenOptions): Promise<Server | undefined> {
  const server = createServer((socket) => socket.end('RFB 666.666\n'));
  closers.push(() => server.close());
  // Also free on 127.0.0.1, which port 0 on another address would not ensure.
  server.listen({ port: await freePort(), ...at });
  return once(server, 'listening').then(
    () => server,
    () => undefined,
  );
}

test.each(OTHER_LISTENERS)(
  'a listener at $at never gets the viewer',
  async ({ at, isInTheWay }) => {
    const squatter = await squat(at);
    if (squatter === undefined) return;
    const { port } = squatter.address() as AddressInfo;
    if (isInTheWay) {
      await expect(open(port)).rejects.toMatchObject({
        code: 'tunnel.portTaken',
        details: { port },
      });
      // The connection that verified the desktop is closed.
      await once((await greeter.connection(0)).resume(), 'close');
      return;
    }
    const { address } = await open(port);
    expect(address).toEqual({ kind: 'tcp', host: '127.0.0.1', port });
    (await attach(address)).destroy();
  },
);

test.each(OTHER_LISTENERS)(
  'a listener at $at does not affect a forward on port 0',
  async ({ at }) => {
    await squat(at);
    (await attach((await open(0)).address)).destroy();
  },
);

test(`${AT_ONCE} concurrent forwards get distinct ports`, async () => {
  const forwards = await Promise.all(Array.from({ length: AT_ONCE }, () => open(0)));
  const ports = forwards.map(({ address }) => ('port' in address ? address.port : 0));
  expect(new Set(ports).size).toBe(AT_ONCE);
  await Promise.all(forwards.map(async ({ address }) => (await attach(address)).destroy()));
});

test(`of ${AT_ONCE} forwards on one port, one succeeds and the others report that it is taken`, async () => {
  const port = await freePort();
  const results = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => open(port)));
  const winners = results.filter(({ status }) => status === 'fulfilled');
  expect(winners).toHaveLength(1);
  const losers = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason.code] : [],
  );
  expect(losers).toEqual(Array(AT_ONCE - 1).fill('tunnel.portTaken'));
});

test('a port can be reused at once, while its old connections still close', async () => {
  const port = await freePort();
  for (let turn = 0; turn < 3; turn += 1) {
    const forward = await open(port);
    await attach(forward.address);
    await forward.close();
  }
});

test('a forward to an unreachable desktop releases its port', async () => {
  const port = await freePort();
  await greeter.close();
  await expect(open(port)).rejects.toMatchObject({ code: 'tunnel.unreachable' });
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
});
