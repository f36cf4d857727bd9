// The browser's end of a WebSocket, or of plain TCP, optimised for speed: it decodes only what it must.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';

const MIB = 1024 * 1024;
const PIECE_BYTES = 64 * 1024;
const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** Connects to `{port}`, or to `{port, host, path, secret}` by WebSocket, and waits for the desktop's greeting. */
export async function openWay(way) {
  const state = { bytes: 0, last: 0, arrived: () => {} };
  const callback = (count) => {
    state.bytes += count;
    state.last = count;
    state.arrived();
  };
  // One buffer for all reads, so that the receiver is not the bottleneck.
  const onread = { buffer: Buffer.alloc(MIB), callback };
  const socket = connect({ port: way.port, host: '127.0.0.1', noDelay: true, onread });
  socket.on('error', () => {});
  await once(socket, 'connect');
  const isFramed = way.path !== undefined;
  if (isFramed) socket.write(handshake(way));
  if (way.secret !== undefined) way.secret = await authenticate(socket, state, onread.buffer, way);
  // Bytes are counted after the upgrade response and the greeting.
  await until(state, () => onread.buffer.includes('RFB 003.008\n'));
  onread.buffer.fill(0, 0, state.last);
  state.bytes = 0;
  const send = (payload) => socket.write(isFramed ? frame(payload) : payload);
  return { socket, state, send };
}

export async function measureDown(way, floodBytes) {
  const { socket, state, send } = await openWay(way);
  const startedAt = performance.now();
  send(Buffer.from('RFB 003.008\n'));
  await until(state, () => state.bytes >= floodBytes);
  const elapsedMs = performance.now() - startedAt;
  socket.destroy();
  return floodBytes / MIB / (elapsedMs / 1_000);
}

export async function measureUp(way, floodBytes) {
  const { socket, state, send } = await openWay(way);
  const piece = Buffer.alloc(PIECE_BYTES, 0x5a);
  const startedAt = performance.now();
  for (let sent = 0; sent < floodBytes; sent += PIECE_BYTES) {
    if (!send(piece)) await once(socket, 'drain');
  }
  await until(state, () => state.bytes > 0);
  const elapsedMs = performance.now() - startedAt;
  socket.destroy();
  return floodBytes / MIB / (elapsedMs / 1_000);
}

/** Median of many one-byte round trips, in milliseconds. */
export async function measureEcho(way, count) {
  const { socket, state, send } = await openWay(way);
  const times = [];
  for (let round = 0; round < count; round += 1) {
    state.bytes = 0;
    const startedAt = performance.now();
    send(Buffer.from([1]));
    await until(state, () => state.bytes > 0);
    times.push(performance.now() - startedAt);
  }
  socket.destroy();
  return times.sort((a, b) => a - b)[Math.floor(count / 2)];
}

function until(state, isThere) {
  return new Promise((resolve) => {
    state.arrived = () => {
      if (isThere()) resolve();
    };
    state.arrived();
  });
}

/** The page's side of `src/model/page.ts`; returns the secret for the next connection. */
async function authenticate(socket, state, buffer, { host, secret }) {
  const received = async () => {
    await until(state, () => state.bytes > 0);
    const text = buffer.toString('latin1', 0, state.last);
    state.bytes = 0;
    return text;
  };
  await received();
  const nonce = 'a'.repeat(64);
  socket.write(frame(Buffer.from(`${secret.slice(0, 11)} ${nonce}`), { opcode: 1 }));
  const [, programNonce] = /([\da-f]{64}) [\da-f]{64}$/.exec(await received());
  const text = ['hpc-desk page 1', 'page', host, nonce, programNonce].join('\n');
  const proof = createHmac('sha256', secret).update(text).digest('hex');
  socket.write(frame(Buffer.from(proof), { opcode: 1 }));
  await until(state, () => buffer.includes('"keys":'));
  return /"reconnect":"([\w-]+)"/.exec(buffer.toString('latin1', 0, 4_096))?.[1] ?? secret;
}

function handshake({ host, path }) {
  const head = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    `Origin: http://${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol: binary',
  ];
  return `${head.join('\r\n')}\r\n\r\n`;
}

/** A masked frame (RFC 6455 §5.2); binary payloads are arbitrary, so they are treated as masked already. */
function frame(payload, { opcode = 2 } = {}) {
  const masked = opcode === 1 ? payload.map((byte, at) => byte ^ MASK[at & 3]) : payload;
  const { length } = payload;
  const size =
    length < 126
      ? [0x80 | length]
      : length < 65_536
        ? [0x80 | 126, length >> 8, length & 255]
        : [
            0x80 | 127,
            0,
            0,
            0,
            0,
            length >>> 24,
            (length >> 16) & 255,
            (length >> 8) & 255,
            length & 255,
          ];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...size]), MASK, masked]);
}
