import { lookup } from 'node:dns/promises';
import { orAborted } from './with-deadline.js';

/**
 * Addresses of a host as every program of the system finds them (getaddrinfo(3): hosts file, resolver, search list).
 * The system's look-up itself cannot be stopped: it goes on unheard after an abort.
 *
 * @throws the system's error with a code such as `ENOTFOUND` or `EAI_AGAIN`; the signal's reason when aborted.
 */
export async function lookUpHost(host: string, signal: AbortSignal): Promise<readonly string[]> {
  const found = await orAborted(lookup(host, { all: true }), signal);
  return found.map(({ address }) => address);
}
