import { startScriptedDesktop } from '../helpers/scripted-desktop.js';
import { startScriptedServer } from '../helpers/scripted-server.js';
import type { HttpCase, Peer } from './http-case.js';

// Unresolvable names: only the proxy could reach them, and the proxy is a script on 127.0.0.1.
const BEHIND: Readonly<Record<Exclude<Peer, 'platform'>, string>> = {
  HTTP_PROXY: 'http://hpc.example.invalid',
  HTTPS_PROXY: 'https://hpc.example.invalid',
  ALL_PROXY: 'https://hpc.example.invalid',
};

export interface OpenPeer {
  /** The platform URL for the client. */
  readonly url: string;
  /** The proxy variable, if the script plays a proxy. */
  readonly environment: Readonly<Record<string, string>>;
  openConnections(): number;
  close(): Promise<void>;
}

/** Starts the peer of a case; the caller closes it. */
export async function openPeer({ script, peer }: HttpCase): Promise<OpenPeer> {
  const server =
    'onRequest' in script
      ? await startScriptedServer(script.onRequest)
      : await startScriptedDesktop(script.onConnection);
  const { openConnections, close } = server;
  const origin = 'origin' in server ? server.origin : `http://127.0.0.1:${server.target.port}`;
  if (peer === 'platform') return { url: origin, environment: {}, openConnections, close };
  const proxy = peer === 'ALL_PROXY' ? origin.replace('http', 'socks5') : origin;
  return { url: BEHIND[peer], environment: { [peer]: proxy }, openConnections, close };
}
