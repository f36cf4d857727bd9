import { type Reply, type RouteName, refuse } from './route.js';

/** The next `times` (default 1) requests to an endpoint fail with this code. */
export interface Fault {
  readonly endpoint: RouteName;
  readonly code: string;
  readonly msg?: string;
  readonly times?: number;
}

/** Fault injection. */
export interface FaultOptions {
  /** The first N creations fail because all nodes are full (815201). */
  readonly busyCreates?: number;
  readonly failNext?: readonly Fault[];
  /** Delay of every response, in milliseconds. */
  readonly delayMs?: number;
  /** `notOffered`: the session list responds with 404, as on an installation without it. */
  readonly listing?: 'offered' | 'notOffered';
  /** The platform uses both forms of a cluster URL. */
  readonly hpcUrlSuffix?: '' | '/hpc';
  /** Shape of `data` with the new token; API page `renewal-token` is ambiguous. */
  readonly renewalShape?: 'string' | 'object' | 'list';
}

export function createFaultQueue({ busyCreates = 0, failNext = [] }: FaultOptions) {
  const replies = new Map<RouteName, Reply[]>();
  const add = ({ endpoint, code, msg, times = 1 }: Fault) => {
    const queue = replies.get(endpoint) ?? [];
    replies.set(endpoint, [...queue, ...Array<Reply>(times).fill(refuse(code, msg))]);
  };
  add({ endpoint: 'createSession', code: '815201', times: busyCreates });
  failNext.forEach(add);
  /** Removes and returns the next fault of an endpoint. */
  const take = (endpoint: RouteName) => replies.get(endpoint)?.shift();
  return { add, take };
}
