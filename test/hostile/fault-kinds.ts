import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type Link, sendInPieces } from './fault-proxy.js';
import { late, lost, lostOrCutOff, ok, type Results, tls, unusable } from './http-case.js';
import { dataOf, head, length } from './http-parts.js';

export interface FaultKind {
  readonly title: string;
  readonly fault: Fault;
  /** The permitted results when every connection has this fault. */
  readonly results: Results;
  /** How the platform is addressed; by default by the address of the fault proxy. */
  readonly address?: 'closed' | 'blackhole' | 'unknownName' | 'slowName' | 'https' | 'throughProxy';
  /** The same client makes each request twice. */
  readonly isAskedTwice?: boolean;
  /** Without encryption the client cannot detect the change. */
  readonly isUndetectable?: boolean;
}

/** Marks a response that an attacker plants for the next request. */
export const PLANTED = 'PLANTED';
const planted = dataOf(`{"sessionId":"${PLANTED}","ip":"10.0.0.1","sid":"9"}`);

const bodyAt = (answer: Buffer) => answer.indexOf('\r\n\r\n') + 4;
const middleOfBody = (answer: Buffer) => Math.floor((bodyAt(answer) + answer.length) / 2);
const half = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2));
const anyOf: Results = ['ok', 'network.unreachable', 'network.unusableAnswer', 'network.timeout'];

async function sendThenReset({ client }: Link, bytes: Buffer): Promise<void> {
  client.write(bytes);
  // A reset discards data that was not read yet.
  await sleep(5);
  client.resetAndDestroy();
}

/** Faults between the client and the platform. */
export const FAULT_KINDS: readonly FaultKind[] = [
  { title: 'refuses connections', fault: {}, results: lost, address: 'closed' },
  { title: 'drops every packet', fault: {}, results: late, address: 'blackhole' },
  { title: 'has an unresolvable name', fault: {}, results: lost, address: 'unknownName' },
  {
    title: 'has a name that resolves slowly',
    // The sandbox accepts no other Host, and its launch URLs contain this one.
    fault: {
      onRequest: (_link, request, platform) =>
        platform.write(request.toString('latin1').replace(/^host: .*$/im, 'host: 127.0.0.1')),
    },
    results: [...ok, 'unsafe.value'],
    address: 'slowName',
  },
  {
    title: 'accepts and closes',
    fault: { onConnect: ({ client }) => client.end() },
    results: lost,
  },
  {
    title: 'accepts and resets',
    fault: { onConnect: ({ client }) => client.resetAndDestroy() },
    results: lost,
  },
  {
    title: 'resets within the request',
    fault: {
      onRequest({ client }, request, platform) {
        platform.write(half(request));
        client.resetAndDestroy();
      },
    },
    results: lost,
  },
  {
    title: 'resets within the headers',
    fault: { onAnswer: (link, answer) => sendThenReset(link, answer.subarray(0, 20)) },
    results: lostOrCutOff,
  },
  {
    title: 'resets within the body',
    fault: {
      onAnswer: (link, answer) => sendThenReset(link, answer.subarray(0, middleOfBody(answer))),
    },
    results: lostOrCutOff,
  },
  {
    title: 'closes within the body',
    fault: {
      onAnswer: ({ client }, answer) => void client.end(answer.subarray(0, middleOfBody(answer))),
    },
    results: unusable,
  },
  {
    title: 'responds late',
    fault: {
      async onAnswer({ client }, answer) {
        await sleep(200);
        client.write(answer);
      },
    },
    results: ok,
  },
  {
    title: 'responds after the deadline',
    fault: {
      async onAnswer({ client }, answer) {
        await sleep(2_000);
        client.write(answer);
      },
    },
    results: late,
  },
  {
    title: 'responds in pieces',
    fault: {
      onAnswer: (link, answer) => sendInPieces(link, answer, 99, () => link.random() * 20),
    },
    results: ok,
  },
  {
    title: 'sends 1 kB per second',
    fault: { onAnswer: (link, answer) => sendInPieces(link, answer, 50, () => 50) },
    results: ['ok', 'network.timeout'],
  },
  {
    title: 'sends single bytes',
    fault: { onAnswer: (link, answer) => sendInPieces(link, answer, 1, () => 0) },
    results: ['ok', 'network.timeout'],
  },
  {
    title: 'sends a piece twice',
    fault: {
      onAnswer({ client, random }, answer) {
        const at = Math.floor(random() * answer.length);
        const piece = answer.subarray(at, at + 1 + Math.floor(random() * 64));
        client.write(Buffer.concat([answer.subarray(0, at), piece, answer.subarray(at)]));
      },
    },
    results: anyOf,
    isUndetectable: true,
  },
  {
    title: 'changes a byte',
    fault: {
      onAnswer({ client, random }, answer) {
        const at = Math.floor(random() * answer.length);
        const changed = Buffer.from(answer);
        changed[at] = ((changed[at] ?? 0) ^ (1 + Math.floor(random() * 255))) & 0xff;
        client.write(changed);
      },
    },
    results: [
      ...anyOf,
      'network.redirect',
      'platform.refused',
      'platform.fault',
      'platform.rateLimited',
      'auth.expired',
      'auth.rejected',
      'unsafe.value',
    ],
    isUndetectable: true,
  },
  {
    title: 'leaves out the end',
    fault: { onAnswer: ({ client }, answer) => void client.end(answer.subarray(0, -5)) },
    results: unusable,
  },
  { title: 'never responds', fault: { onAnswer: () => {} }, results: late },
  {
    title: 'sends Connection: close but does not close',
    fault: {
      onAnswer({ client }, answer) {
        const text = answer.toString('latin1').replace(/^connection: .*$/im, 'Connection: close');
        client.write(Buffer.from(text, 'latin1'));
      },
    },
    results: ok,
  },
  {
    title: 'half-closes after a response',
    fault: { onAnswer: ({ client }, answer) => void client.end(answer) },
    // A request sent while the connection closes is lost, and a POST is not retried.
    results: ['ok', 'network.unreachable'],
    isAskedTwice: true,
  },
  {
    title: 'plants a response for the next request',
    fault: {
      onAnswer({ client }, answer) {
        const another = `${head(200, length(planted.length))}${planted}`;
        client.write(Buffer.concat([answer, Buffer.from(another)]));
      },
    },
    results: ['ok', 'network.unreachable'],
    isAskedTwice: true,
  },
  {
    title: 'resets the connection after a response',
    fault: {
      async onAnswer({ client }, answer) {
        client.write(answer);
        await sleep(2);
        client.resetAndDestroy();
      },
    },
    results: ['ok', 'network.unreachable'],
    isAskedTwice: true,
  },
  {
    title: 'fails the TLS handshake',
    fault: {
      onConnect: ({ client }) =>
        void client.once('data', () => client.write(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))),
    },
    results: tls,
    address: 'https',
  },
  {
    title: 'is behind a proxy that dies',
    fault: {
      async onAnswer({ client, die }, answer) {
        client.write(half(answer));
        await sleep(5);
        die();
      },
    },
    results: lostOrCutOff,
    address: 'throughProxy',
  },
];
