import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Link } from './fault-proxy.js';

type OnRequest = NonNullable<Fault['onRequest']>;
type OnAnswer = NonNullable<Fault['onAnswer']>;

/** Where a request or its response is lost. */
export interface LosingPoint {
  readonly title: string;
  readonly onRequest?: OnRequest;
  readonly onAnswer?: OnAnswer;
  /** The exit code when the loss happens once: 0 where the command retries safely. */
  readonly exitCodeOnce: 0 | 6;
}

const bodyAt = (answer: Buffer) => answer.indexOf('\r\n\r\n') + 4;
const inBody = (answer: Buffer) => answer.subarray(0, bodyAt(answer) + 20);

async function sendThenReset({ client }: Link, bytes: Buffer): Promise<void> {
  client.write(bytes);
  await sleep(5);
  client.resetAndDestroy();
}

export const LOSING_POINTS: readonly LosingPoint[] = [
  {
    title: 'before the request is passed on, by a reset',
    onRequest: ({ client }) => void client.resetAndDestroy(),
    exitCodeOnce: 0,
  },
  {
    title: 'before the request is passed on, by a close',
    onRequest: ({ client }) => void client.end(),
    exitCodeOnce: 0,
  },
  {
    title: 'within the request',
    onRequest({ client }, request, platform) {
      platform.write(request.subarray(0, 40));
      client.resetAndDestroy();
    },
    exitCodeOnce: 0,
  },
  {
    title: 'right after the request is passed on',
    onRequest({ client }, request, platform) {
      // The platform still processes the request.
      platform.write(request, () => client.resetAndDestroy());
    },
    exitCodeOnce: 0,
  },
  { title: 'before the response, by a close', onAnswer: end(0), exitCodeOnce: 0 },
  {
    title: 'before the response, by a reset',
    onAnswer: ({ client }) => void client.resetAndDestroy(),
    exitCodeOnce: 0,
  },
  { title: 'within the status line', onAnswer: end(10), exitCodeOnce: 0 },
  {
    title: 'within the headers, by a reset',
    onAnswer: (link, answer) => sendThenReset(link, answer.subarray(0, 60)),
    exitCodeOnce: 0,
  },
  {
    title: 'after the headers, by a close',
    onAnswer: ({ client }, answer) => void client.end(answer.subarray(0, bodyAt(answer))),
    exitCodeOnce: 6,
  },
  {
    title: 'within the body, by a close',
    onAnswer: ({ client }, answer) => void client.end(inBody(answer)),
    exitCodeOnce: 6,
  },
  {
    title: 'within the body, by a reset',
    onAnswer: (link, answer) => sendThenReset(link, inBody(answer)),
    exitCodeOnce: 6,
  },
  { title: 'in silence', onAnswer: () => {}, exitCodeOnce: 6 },
];

export interface Loss {
  readonly method: string;
  readonly point: LosingPoint;
  /** Only the first request of that method, or every one. */
  readonly howOften: 'once' | 'always';
}

/** Loses requests or responses of some methods, and passes on everything else. */
export function losing(losses: readonly Loss[]): Fault {
  const seen = new Set<Loss>();
  const lost = new Map<Socket, LosingPoint>();
  const findLoss = (request: string) =>
    losses.find(
      (loss) =>
        request.startsWith(`${loss.method} `) && (loss.howOften === 'always' || !seen.has(loss)),
    );
  return {
    onRequest(link, request, platform) {
      const loss = findLoss(request.toString('latin1'));
      lost.delete(link.client);
      if (loss !== undefined) {
        seen.add(loss);
        lost.set(link.client, loss.point);
      }
      if (loss?.point.onRequest === undefined) platform.write(request);
      else loss.point.onRequest(link, request, platform);
    },
    onAnswer(link, answer) {
      const point = lost.get(link.client);
      if (point?.onAnswer !== undefined) return point.onAnswer(link, answer);
      link.client.write(answer);
    },
  };
}

function end(bytes: number): OnAnswer {
  return ({ client }, answer) => void client.end(answer.subarray(0, bytes));
}
