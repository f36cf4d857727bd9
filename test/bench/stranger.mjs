// Another user on this machine: holds IDLE sockets and, for each line of stdin, opens COUNT concurrent connections to
// PORT. Prints a line when it is ready, and one when all COUNT connections have been closed.
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';

const [port, idle, count] = process.argv.slice(-3).map(Number);
const held = [];

const server = createServer((socket) => held.push(socket.on('error', () => {})));
server.listen(0, '127.0.0.1', async () => {
  for (let pairs = 0; pairs < idle / 2; pairs += 1) await hold(server.address().port);
  console.log('ready');
  for await (const _line of createInterface(process.stdin)) {
    await Promise.all(Array.from({ length: count }, () => untilClosed(port)));
    console.log('closed');
  }
  process.exit();
});

function hold(target) {
  return new Promise((resolve) => held.push(connect(target, '127.0.0.1', resolve)));
}

function untilClosed(target) {
  return new Promise((resolve) => {
    connect(target, '127.0.0.1')
      .on('error', () => {})
      .on('close', resolve)
      .resume();
  });
}
