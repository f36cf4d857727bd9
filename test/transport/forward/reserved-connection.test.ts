import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import { reserveConnection } from '../../../src/transport/forward/reserved-connection.js';

const LONG_MS = 60_000;

/** A connection whose server has sent the greeting and waits. */
async function greeted() {
  const [server, connection] = duplexPair();
  server.write('RFB 003.008\n');
  await once(connection, 'readable');
  return { server, connection };
}

test('a reserved connection is handed over once, with its greeting', async () => {
  const { server, connection } = await greeted();
  const held = reserveConnection(connection, LONG_MS);
  expect(held.take()).toBe(connection);
  expect(held.take()).toBeUndefined();
  await held.drop();
  server.end(' and more');
  expect((await connection.toArray()).join('')).toBe('RFB 003.008\n and more');
});

test.each([
  ['ends', (server: NodeJS.WritableStream) => server.end()],
  ['sends more data', (server: NodeJS.WritableStream) => server.write('?')],
])('a connection whose server %s is not handed over', async (_title, act) => {
  const { server, connection } = await greeted();
  const held = reserveConnection(connection, LONG_MS);
  act(server);
  await once(connection, 'close');
  expect(held.take()).toBeUndefined();
});

test('a connection that breaks is not handed over', async () => {
  const { connection } = await greeted();
  const held = reserveConnection(
    connection.on('error', () => {}),
    LONG_MS,
  );
  connection.destroy(new Error('reset'));
  expect(held.take()).toBeUndefined();
  await held.drop();
  expect(connection.closed).toBe(true);
});

test('a connection that waits too long is closed', async () => {
  const { connection } = await greeted();
  const held = reserveConnection(connection, 1);
  await once(connection, 'close');
  expect(held.take()).toBeUndefined();
});

test('drop waits until the connection is closed and can be repeated', async () => {
  const { connection } = await greeted();
  const held = reserveConnection(connection, LONG_MS);
  await held.drop();
  expect(connection.closed).toBe(true);
  expect(held.take()).toBeUndefined();
  await held.drop();
});
