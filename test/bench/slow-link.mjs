// Two network namespaces and a link between them with the latency and the rate of a bad line. The link is made of two TUN
// devices whose packets pass through this process: the kernel module for it (sch_netem) is missing on many machines.
import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { endLater, has } from './programs.mjs';

const HOSTS = { near: '10.231.0.1', far: '10.231.0.2' };
const QUEUE_BYTES = 256 * 1024;

/** Whether this machine lets us: root, ip(8), socat(1) and TUN devices. */
export function canSlowDown() {
  return process.geteuid?.() === 0 && has('ip', '-V') && has('socat', '-V');
}

/**
 * @param delayMs - One way.
 * @returns the address of each end and what a program is started with to run there; `close` removes all of it.
 */
export async function openSlowLink({ delayMs, bitsPerSecond }) {
  const [near, far] = [await openEnd('near'), await openEnd('far')];
  let isOpen = true;
  for (const [from, to] of [
    [near, far],
    [far, near],
  ]) {
    const carry = slowDown({ delayMs, bitsPerSecond }, (packet) => {
      if (isOpen) to.socket.send(packet, to.peerPort, '127.0.0.1');
    });
    from.socket.on('message', carry);
  }
  return {
    near,
    far,
    close() {
      isOpen = false;
      for (const { namespace, socket } of [near, far]) {
        socket.close();
        ip('netns', 'del', namespace);
      }
    },
  };
}

async function openEnd(end) {
  const [host, namespace, device] = [
    HOSTS[end],
    `bench-${end}-${process.pid}`,
    `hd${end}${process.pid}`,
  ];
  ip('netns', 'add', namespace);
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
  const socket = createSocket('udp4');
  await once(socket.bind(0, '127.0.0.1'), 'listening');
  const peerPort = await findFreeUdpPort();
  const tun = `TUN,tun-name=${device},iff-no-pi`;
  const ours = `UDP4:127.0.0.1:${socket.address().port},bind=127.0.0.1:${peerPort}`;
  endLater(spawn('socat', [tun, ours], { stdio: 'inherit' }));
  // A device keeps its program when it moves to a namespace.
  while (!existsSync(`/sys/class/net/${device}`)) await sleep(10);
  ip('link', 'set', device, 'netns', namespace);
  ip('-n', namespace, 'addr', 'add', `${host}/24`, 'dev', device);
  ip('-n', namespace, 'link', 'set', device, 'up');
  return { host, namespace, socket, peerPort, prefix: ['ip', 'netns', 'exec', namespace] };
}

async function findFreeUdpPort() {
  const socket = createSocket('udp4');
  await once(socket.bind(0, '127.0.0.1'), 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

/** Carries packets at the rate of the line, each later by its latency; what does not fit into the queue is lost. */
function slowDown({ delayMs, bitsPerSecond }, send) {
  let freeAtMs = 0;
  const bytesPerMs = bitsPerSecond / 8 / 1000;
  return (packet) => {
    const nowMs = performance.now();
    const startsAtMs = Math.max(nowMs, freeAtMs);
    if ((startsAtMs - nowMs) * bytesPerMs > QUEUE_BYTES) return;
    freeAtMs = startsAtMs + packet.length / bytesPerMs;
    setTimeout(send, freeAtMs + delayMs - nowMs, packet);
  };
}

function ip(...argv) {
  execFileSync('ip', argv);
}
