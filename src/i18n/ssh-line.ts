import { parseLoginNode, sshLineOf } from '../model/endpoint.js';

/** The line to type for a login node as messages name it: `user@host:port`. */
export function sshLine(via: string): string {
  const node = parseLoginNode(via);
  return node === undefined ? `ssh ${via}` : sshLineOf(node);
}
