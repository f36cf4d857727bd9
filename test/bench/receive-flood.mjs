import { once } from 'node:events';
import { connect } from 'node:net';

const MIB = 1024 * 1024;

/** Throughput from the flood server through this port, in MiB per second. */
export async function receiveFlood(port, floodBytes) {
  let bytes = 0;
  let greeted = () => {};
  const callback = (count) => {
    bytes += count;
    greeted();
  };
  // One buffer for all reads, so that the receiver is not the bottleneck.
  const onread = { buffer: Buffer.alloc(MIB), callback };
  const socket = connect({ port, host: '127.0.0.1', onread });
  await new Promise((resolve) => {
    greeted = resolve;
  });
  bytes = 0;
  const startedAt = performance.now();
  socket.write('RFB 003.008\n');
  await once(socket, 'end');
  socket.destroy();
  if (bytes !== floodBytes) throw new Error(`${bytes} bytes arrived, not ${floodBytes}`);
  return floodBytes / MIB / ((performance.now() - startedAt) / 1_000);
}
