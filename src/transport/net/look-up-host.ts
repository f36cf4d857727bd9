import { lookup } from 'node:dns/promises';
import { orAborted } from './with-deadline.js';

/**
 * Resolves a host with getaddrinfo(3): hosts file, resolver, search list. An abort does not stop the system's lookup;
 * its result is then ignored.
 *
 * @throws the system's error with a code such as `ENOTFOUND` or `EAI_AGAIN`; the signal's reason when aborted.
 */
export async function lookUpHost(host: string, signal: AbortSignal): Promise<readonly string[]> {
  const found = await orAborted(lookup(host, { all: true }), signal);
  return found.map(({ address }) => address);
}
