// A desktop that sends its greeting and then receives: `sink BYTES` replies with one byte when all have arrived, `echo`
// echoes everything, `stall` reads nothing.
import { createServer } from 'node:net';

const [mode, bytes] = process.argv.slice(2);

const server = createServer((socket) => {
  socket.on('error', () => {}).setNoDelay(true);
  socket.write('RFB 003.008\n');
  if (mode === 'echo') return socket.pipe(socket);
  if (mode === 'stall') return;
  let left = Number(bytes);
  socket.on('data', (chunk) => {
    left -= chunk.length;
    if (left <= 0) socket.write('.');
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
