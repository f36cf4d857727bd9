import { DeskError } from '../../errors/desk-error.js';
import {
  type Endpoint,
  formatEndpoint,
  formatLoginNode,
  type LoginNode,
} from '../../model/endpoint.js';

type Failure = 'ssh.hostKey' | 'ssh.authFailed' | 'tunnel.unreachable';

/** Messages of OpenSSH 6.6 to 10 (sshconnect.c, sshconnect2.c, channels.c, packet.c). */
const MESSAGES: readonly { readonly failure: Failure; readonly pattern: RegExp }[] = [
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

/** Generic messages that follow the specific one. */
const GENERIC =
  /^(stdio forwarding failed|Stdio forwarding request failed: .*|Host key verification failed\.|Connection (to|closed by) .*|Disconnected from .*)$/;
/** The last one: built without GSSAPI, ssh warns about our GSSAPIDelegateCredentials. */
const NOISE = /^(@|\*\*|Warning: |command-line.*: Unsupported option )/;
const MAX_REASON = 300;

/**
 * Classifies an ssh failure by its stderr: ssh.hostKey, ssh.authFailed, tunnel.unreachable, else ssh.exited.
 *
 * @param route - Without a target when ssh only logs in.
 */
export function classifyFailure(
  stderr: string,
  exitCode: number | null,
  route: { readonly via: LoginNode; readonly target?: Endpoint },
): DeskError {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !NOISE.test(line));
  // Last match first: the login node's banner comes earlier and may contain anything.
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

function recognise(line: string): Failure | undefined {
  return MESSAGES.find(({ pattern }) => pattern.test(line))?.failure;
}

function pickReason(lines: readonly string[]): string {
  const line = lines.findLast((text) => !GENERIC.test(text)) ?? lines.at(-1) ?? '';
  return line.replace(/^channel \d+: open failed: /, '').slice(0, MAX_REASON);
}
