import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type Link, sendInPieces } from './fault-proxy.js';
import { late, lost, lostOrCutOff, ok, type Results, tls, unusable } from './http-case.js';
import { dataOf, head, length } from './http-parts.js';

export interface FaultKind {
  readonly title: string;
  readonly fault: Fault;
  /** What may come of it when every connection is like that. */
  readonly results: Results;
  /** How the platform is addressed; by the address of the fault proxy unless told. */
  readonly address?: 'closed' | 'blackhole' | 'unknownName' | 'slowName' | 'https' | 'throughProxy';
  /** Each operation is asked twice, by the same client. */
  readonly isAskedTwice?: boolean;
  /** Nobody can tell without encryption that what arrived is not what was sent. */
  readonly isUndetectable?: boolean;
}

/** What an attacker would like to be taken for the next answer. */
export const PLANTED = 'PLANTED';
const planted = dataOf(`{"sessionId":"${PLANTED}","ip":"10.0.0.1","sid":"9"}`);

const bodyAt = (answer: Buffer) => answer.indexOf('\r\n\r\n') + 4;
const middleOfBody = (answer: Buffer) => Math.floor((bodyAt(answer) + answer.length) / 2);
const half = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2));
const anyOf: Results = ['ok', 'network.unreachable', 'network.unusableAnswer', 'network.timeout'];

async function sendThenReset({ client }: Link, bytes: Buffer): Promise<void> {
  client.write(bytes);
  // A reset takes away what was not read yet.
  await sleep(5);
  client.resetAndDestroy();
}

/** The kinds of fault between us and the platform. */
export const FAULT_KINDS: readonly FaultKind[] = [
  { title: 'refuses', fault: {}, results: lost, address: 'closed' },
  { title: 'drops every packet', fault: {}, results: late, address: 'blackhole' },
  { title: 'has a name that nobody knows', fault: {}, results: lost, address: 'unknownName' },
  {
    title: 'has a name that is found slowly',
    // The sandbox answers no other host, and its launch URLs name that one.
    fault: {
      onRequest: (_link, request, platform) =>
        platform.write(request.toString('latin1').replace(/^host: .*$/im, 'host: 127.0.0.1')),
    },
    results: [...ok, 'unsafe.value'],
    address: 'slowName',
  },
  {
    title: 'accepts and ends',
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
    title: 'ends within the body',
    fault: {
      onAnswer: ({ client }, answer) => void client.end(answer.subarray(0, middleOfBody(answer))),
    },
    results: unusable,
  },
  {
    title: 'is late',
    fault: {
      async onAnswer({ client }, answer) {
        await sleep(200);
        client.write(answer);
      },
    },
    results: ok,
  },
  {
    title: 'is late by more than there is time',
    fault: {
      async onAnswer({ client }, answer) {
        await sleep(2_000);
        client.write(answer);
      },
    },
    results: late,
  },
  {
    title: 'stutters',
    fault: {
      onAnswer: (link, answer) => sendInPieces(link, answer, 99, () => link.random() * 20),
    },
    results: ok,
  },
  {
    title: 'carries 1 kB in a second',
    fault: { onAnswer: (link, answer) => sendInPieces(link, answer, 50, () => 50) },
    results: ['ok', 'network.timeout'],
  },
  {
    title: 'carries single bytes',
    fault: { onAnswer: (link, answer) => sendInPieces(link, answer, 1, () => 0) },
    results: ['ok', 'network.timeout'],
  },
  {
    title: 'says a piece twice',
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
    title: 'leaves the end out',
    fault: { onAnswer: ({ client }, answer) => void client.end(answer.subarray(0, -5)) },
    results: unusable,
  },
  { title: 'never answers', fault: { onAnswer: () => {} }, results: late },
  {
    title: 'says it closes, and does not',
    fault: {
      onAnswer({ client }, answer) {
        const text = answer.toString('latin1').replace(/^connection: .*$/im, 'Connection: close');
        client.write(Buffer.from(text, 'latin1'));
      },
    },
    results: ok,
  },
  {
    title: 'ends its half and keeps ours',
    fault: { onAnswer: ({ client }, answer) => void client.end(answer) },
    // What is sent into a connection that ends at this moment is lost, and a POST is not sent again.
    results: ['ok', 'network.unreachable'],
    isAskedTwice: true,
  },
  {
    title: 'plants an answer for the next request',
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
    title: 'cuts everybody off after an answer',
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
    title: 'fails the handshake of TLS',
    fault: {
      onConnect: ({ client }) =>
        void client.once('data', () => client.write(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))),
    },
    results: tls,
    address: 'https',
  },
  {
    title: 'is a proxy that dies',
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
