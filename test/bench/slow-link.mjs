// Two network namespaces, connected by a link with high latency and low bandwidth. The link consists of two TUN devices
// whose packets pass through this process: tc(8) needs a kernel module (sch_netem) that many machines lack, and here
// the round trips can be counted.
import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, has } from './programs.mjs';

const HOSTS = { near: '10.231.0.1', far: '10.231.0.2' };
const QUEUE_BYTES = 256 * 1024;
const TCP = 6;
const SYN = 2;

/** Whether this is possible here: it needs root, ip(8), socat(1) and TUN devices. */
export function canSlowDown() {
  return process.geteuid?.() === 0 && has('ip', '-V') && has('socat', '-V');
}

/**
 * @param delayMs - One-way delay.
 * @returns the address of each end and the command prefix to run programs there; `close` removes everything and must be
 * called after the programs have exited.
 */
export async function openSlowLink({ delayMs, bitsPerSecond }) {
  const ends = [await openEnd('near'), await openEnd('far')];
  const [near, far] = ends;
  const rounds = countRounds();
  const carry = (from, to, onPacket) => {
    const later = slowDown({ delayMs, bitsPerSecond }, (packet) => {
      if (to.isOpen) to.socket.send(packet, to.port, '127.0.0.1');
    });
    from.socket.on('message', (packet) => {
      onPacket(packet);
      later(packet);
    });
  };
  carry(near, far, rounds.onSent);
  carry(far, near, rounds.onReceived);
  const link = { resetRounds: rounds.reset, roundsTo: rounds.to };
  return {
    ...{ near, far, link },
    async close() {
      for (const it of ends) await closeEnd(it);
    },
  };
}

async function openEnd(name) {
  const [host, namespace, device] = [
    HOSTS[name],
    `bench-${name}-${process.pid}`,
    `hd${name}${process.pid}`,
  ];
  ip('netns', 'add', namespace);
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
  const socket = createSocket('udp4');
  await once(socket.bind(0, '127.0.0.1'), 'listening');
  const tun = `TUN,tun-name=${device},iff-no-pi`;
  const ours = `UDP4:127.0.0.1:${socket.address().port},bind=127.0.0.1`;
  const socat = spawn('socat', [tun, ours], { stdio: ['ignore', 'ignore', 'pipe'] });
  // A device stays attached to its program when it moves to a namespace.
  while (!existsSync(`/sys/class/net/${device}`)) {
    if (socat.exitCode !== null) throw new Error(`socat: ${socat.stderr.read()}`);
    await sleep(10);
  }
  ip('link', 'set', device, 'netns', namespace);
  ip('-n', namespace, 'addr', 'add', `${host}/24`, 'dev', device);
  // The first packet, ICMPv6 that is sent once the device is up, reveals the port of socat.
  const isUp = once(socket, 'message');
  ip('-n', namespace, 'link', 'set', device, 'up');
  const [, { port }] = await isUp;
  return {
    host,
    namespace,
    socket,
    socat,
    port,
    isOpen: true,
    prefix: ['ip', 'netns', 'exec', namespace],
  };
}

async function closeEnd(it) {
  it.isOpen = false;
  // Before its device and its peer are removed.
  await end(it.socat);
  it.socket.close();
  ip('netns', 'del', it.namespace);
}

/** Forwards packets at the rate and with the delay of the link; drops packets when the queue is full. */
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

/** Counts in each TCP connection how often the near end waited for a response before it sent more. */
function countRounds() {
  const connections = new Map();
  const connectionOf = (segment, [client, server]) => {
    const key = `${client} ${server}`;
    const known = connections.get(key) ?? { server, count: 0, isAnswered: true };
    connections.set(key, known);
    return segment.saysSomething ? known : {};
  };
  return {
    onSent(packet) {
      const segment = readSegment(packet);
      if (segment === undefined) return;
      const connection = connectionOf(segment, segment.ports);
      if (connection.isAnswered) connection.count += 1;
      connection.isAnswered = false;
    },
    onReceived(packet) {
      const segment = readSegment(packet);
      if (segment === undefined) return;
      connectionOf(segment, segment.ports.toReversed()).isAnswered = true;
    },
    reset: () => connections.clear(),
    to(port) {
      const those = [...connections.values()].filter(({ server }) => server === port);
      return those.reduce((sum, { count }) => sum + count, 0);
    },
  };
}

/** IPv4 and TCP (RFC 791, RFC 9293); undefined for anything else. */
function readSegment(packet) {
  if (packet[0] >> 4 !== 4 || packet[9] !== TCP) return undefined;
  const at = (packet[0] & 0xf) * 4;
  const payloadBytes = packet.readUInt16BE(2) - at - (packet[at + 12] >> 4) * 4;
  return {
    ports: [packet.readUInt16BE(at), packet.readUInt16BE(at + 2)],
    saysSomething: payloadBytes > 0 || (packet[at + 13] & SYN) !== 0,
  };
}

function ip(...argv) {
  execFileSync('ip', argv);
}
