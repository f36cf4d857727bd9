import type { RouteName } from './route.js';
import { type Reply, refuse } from './route.js';

/** One prepared failure: the next `times` calls (1 unless told) of an endpoint answer with this code. */
export interface Fault {
  readonly endpoint: RouteName;
  readonly code: string;
  readonly msg?: string;
  readonly times?: number;
}

/** What goes wrong in a sandbox, as data. */
export interface FaultOptions {
  /** The first so many creations find every node full (815201). */
  readonly busyCreates?: number;
  readonly failNext?: readonly Fault[];
  /** Every answer is held back so long, in milliseconds. */
  readonly delayMs?: number;
  /** `notOffered`: the list answers 404, as on an installation that lacks it. */
  readonly listing?: 'offered' | 'notOffered';
  /** Both forms of a cluster's URL occur in the wild. */
  readonly hpcUrlSuffix?: '' | '/hpc';
  /** The three readings of the page `renewal-token`: where the new token stands in `data`. */
  readonly renewalShape?: 'string' | 'object' | 'list';
}

export interface FaultQueue {
  add(fault: Fault): void;
  /** Uses up and answers with the next failure prepared for an endpoint. */
  take(endpoint: RouteName): Reply | undefined;
}

export function createFaultQueue({ busyCreates = 0, failNext = [] }: FaultOptions): FaultQueue {
  const replies = new Map<RouteName, Reply[]>();
  const add = ({ endpoint, code, msg, times = 1 }: Fault) => {
    const queue = replies.get(endpoint) ?? [];
    replies.set(endpoint, [...queue, ...Array<Reply>(times).fill(refuse(code, msg))]);
  };
  add({ endpoint: 'createSession', code: '815201', times: busyCreates });
  failNext.forEach(add);
  return { add, take: (endpoint) => replies.get(endpoint)?.shift() };
}
