import { connect } from 'node:net';
import type { Endpoint } from '../../model/endpoint.js';

// OpenSSH's PROTOCOL.mux; version 4 since 5.1, Unix sockets since 6.7.
const HELLO = [0x0000_0001, 4];
const OPEN_FORWARD = 0x1000_0006;
const LOCAL = 1;
/** PORT_STREAMLOCAL: the listening address is the path of a Unix socket. */
const IS_PATH = 0xffff_fffe;
const OK = 0x8000_0001;

/**
 * Asks a control master to forward a Unix socket, as `ssh -O forward` does, which would be one more process to wait for;
 * returns whether it does. Needs no limit: the master answers at once or exits.
 */
export async function requestForward(
  controlPath: string,
  socketPath: string,
  { host, port }: Endpoint,
): Promise<boolean> {
  const socket = connect(controlPath);
  const request = [OPEN_FORWARD, 0, LOCAL, socketPath, IS_PATH, host, port];
  socket.write(Buffer.concat([packet(HELLO), packet(request)]));
  let received = Buffer.alloc(0);
  try {
    for await (const chunk of socket) {
      received = Buffer.concat([received, chunk]);
      // The answer follows the master's greeting.
      const at = received.length < 4 ? Infinity : 4 + received.readUInt32BE(0);
      if (received.length >= at + 8) return received.readUInt32BE(at + 4) === OK;
    }
  } catch {
    // The master has exited.
  }
  return false;
}

/** Numbers are sent in four bytes, texts after their length (RFC 4251 §5). */
function packet(fields: readonly (number | string)[]): Buffer {
  const payload = fields.map((field) =>
    typeof field === 'number'
      ? uint32(field)
      : Buffer.concat([uint32(Buffer.byteLength(field)), Buffer.from(field)]),
  );
  const length = payload.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([uint32(length), ...payload]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
