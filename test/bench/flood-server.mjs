// A desktop that sends its greeting, waits for the first bytes of the client as RFB requires, and sends at full speed.
import { createServer } from 'node:net';

const totalBytes = Number(process.argv[2]);
const chunk = Buffer.alloc(256 * 1024);

const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.write('RFB 003.008\n');
  socket.once('data', () => {
    let leftBytes = totalBytes;
    const send = () => {
      if (leftBytes === 0) return socket.end();
      const part = chunk.subarray(0, Math.min(leftBytes, chunk.length));
      leftBytes -= part.length;
      socket.write(part, send);
    };
    send();
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
