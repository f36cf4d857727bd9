import { DeskError } from '../../errors/desk-error.js';
import {
  type Endpoint,
  formatEndpoint,
  formatLoginNode,
  type LoginNode,
} from '../../model/endpoint.js';

type Failure = 'ssh.hostKey' | 'ssh.authFailed' | 'tunnel.unreachable';

/** Sentences of OpenSSH 6.6…10, as its sources print them (sshconnect.c, sshconnect2.c, channels.c, packet.c). */
const SENTENCES: readonly { readonly failure: Failure; readonly pattern: RegExp }[] = [
  { failure: 'ssh.hostKey', pattern: /^Host key verification failed\.$/ },
  { failure: 'ssh.hostKey', pattern: /^No \S+ host key is known for / },
  { failure: 'ssh.hostKey', pattern: /^Host key for .* has changed and you have requested strict/ },
  { failure: 'ssh.hostKey', pattern: /^\S+ host key for .* was revoked/ },
  { failure: 'ssh.authFailed', pattern: /^(\S+: )?Permission denied \([\w,@.-]+\)\.$/ },
  { failure: 'ssh.authFailed', pattern: /: Too many authentication failures( for .*)?$/ },
  { failure: 'ssh.authFailed', pattern: /No more authentication methods/ },
  { failure: 'tunnel.unreachable', pattern: /^channel \d+: open failed: / },
  { failure: 'tunnel.unreachable', pattern: /^stdio forwarding failed$/ },
  { failure: 'tunnel.unreachable', pattern: /^Stdio forwarding request failed: / },
];

/** Lines that follow the one which says why. */
const AFTERTHOUGHT =
  /^(stdio forwarding failed|Stdio forwarding request failed: .*|Host key verification failed\.|Connection (to|closed by) .*|Disconnected from .*)$/;
/** The last one is of an ssh that was built without Kerberos, about an option of ours. */
const DECORATION = /^(@|\*\*|Warning: |command-line.*: Unsupported option )/;
const MAX_REASON = 300;

/**
 * Tells from the last words of ssh why it ended: ssh.hostKey, ssh.authFailed, tunnel.unreachable, else ssh.exited.
 *
 * @param route - Without a target where ssh only logs in.
 */
export function classifyFailure(
  stderr: string,
  exitCode: number | null,
  route: { readonly via: LoginNode; readonly target?: Endpoint },
): DeskError {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter(isTelling);
  // From the end: what stands before may be the login node's banner, which can hold any text.
  const failure = lines.map(recognise).findLast((found) => found !== undefined);
  const related =
    failure === undefined ? lines : lines.filter((line) => recognise(line) === failure);
  const reason = pickReason(related);
  const via = formatLoginNode(route.via);
  if (failure === 'tunnel.unreachable' && route.target !== undefined) {
    return new DeskError(failure, { target: formatEndpoint(route.target), reason });
  }
  return failure === undefined || failure === 'tunnel.unreachable'
    ? new DeskError('ssh.exited', { via, exitCode, reason })
    : new DeskError(failure, { via, reason });
}

function isTelling(line: string): boolean {
  return line !== '' && !DECORATION.test(line);
}

function recognise(line: string): Failure | undefined {
  return SENTENCES.find(({ pattern }) => pattern.test(line))?.failure;
}

function pickReason(lines: readonly string[]): string {
  const line = lines.findLast((text) => !AFTERTHOUGHT.test(text)) ?? lines.at(-1) ?? '';
  return line.replace(/^channel \d+: open failed: /, '').slice(0, MAX_REASON);
}
