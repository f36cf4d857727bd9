import type { Token } from '../../model/token.js';
import { type ClientOptions, createClient } from './client.js';
import { DESKTOP_ENDPOINTS, joinServiceUrl } from './endpoints.js';
import { toSchedulerNames } from './mapping.js';

export interface ProbeOptions extends Omit<ClientOptions, 'baseUrls'> {
  /** The cluster's URLs, each with or without `/hpc`. */
  readonly apiUrls: ClientOptions['baseUrls'];
  readonly token: Token;
}

/**
 * The names of a cluster's schedulers (API page `cluster`): the harmless question that shows whether URL and token are
 * right.
 *
 * @throws auth.expired, platform.*, network.*
 */
export async function readSchedulers(options: ProbeOptions): Promise<readonly string[]> {
  const [first, ...others] = options.apiUrls;
  const baseUrls = [
    joinServiceUrl(first, 'hpc'),
    ...others.map((url) => joinServiceUrl(url, 'hpc')),
  ] as const;
  const client = createClient(DESKTOP_ENDPOINTS, { ...options, baseUrls });
  try {
    const credentials = { token: options.token };
    return toSchedulerNames(await client.call('readCluster', credentials));
  } finally {
    await client.close();
  }
}
