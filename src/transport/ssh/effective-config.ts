import { join } from 'node:path';
import { platform } from 'node:process';
import { DeskError } from '../../errors/desk-error.js';
import { formatLoginNode, type LoginNode } from '../../model/endpoint.js';
import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { readOutput } from '../process/read-output.js';
import { loginArguments } from './arguments.js';

export interface SshQueryOptions {
  readonly environment: Environment;
  /** Undefined when unknown: `~/` is then not expanded. */
  readonly home: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * The part of the effective ssh configuration that we use (`ssh -G`, ssh(1)).
 *
 * @throws ssh.missing; ssh.exited when ssh rejects the configuration; the signal's reason when aborted.
 */
export async function readEffectiveConfig(
  via: LoginNode,
  { environment, home, signal }: SshQueryOptions,
) {
  const ssh = findProgram('ssh', environment);
  if (ssh === undefined) throw new DeskError('ssh.missing', { platform });
  const args = ['-G', ...loginArguments(via), '--', via.host];
  const { stdout, stderr, exitCode } = await readOutput(ssh, args, { environment, signal });
  if (exitCode !== 0) {
    const reason = stderr.trim().split(/\r?\n/)[0] ?? '';
    throw new DeskError('ssh.exited', { via: formatLoginNode(via), exitCode, reason });
  }
  return parseEffectiveConfig(stdout, home);
}

/** `ssh -G` does not quote paths: a space separates two if it precedes the start of a path. */
const PATH_BREAK = / (?=[~/%]|none$|[A-Za-z]:[\\/]|__PROGRAMDATA__)/;

/** @param text - Output of `ssh -G`: lines of a lower-case keyword and its value. */
export function parseEffectiveConfig(text: string, home: string | undefined) {
  const lines = text.split(/\r?\n/).map((line) => {
    const blank = line.indexOf(' ');
    return [line.slice(0, blank), line.slice(blank + 1)] as const;
  });
  const valuesOf = (key: string) =>
    lines.filter(([name]) => name === key).map(([, value]) => value);
  const firstOf = (key: string) => valuesOf(key)[0];
  const paths = (text: string) => text.split(PATH_BREAK).map((path) => expandHome(path, home));

  const host = firstOf('hostname') ?? '';
  const port = firstOf('port') ?? '22';
  const address = port === '22' ? host : `[${host}]:${port}`;
  const files = [...valuesOf('userknownhostsfile'), ...valuesOf('globalknownhostsfile')];
  const agent = firstOf('identityagent');
  return {
    /** Name in known_hosts files: `host`, `[host]:port` or the HostKeyAlias. */
    knownAs: firstOf('hostkeyalias') ?? address,
    /** `StrictHostKeyChecking`: `ask`, `true`, `false` or `accept-new`. */
    policy: firstOf('stricthostkeychecking') ?? 'ask',
    knownHostsFiles: files.flatMap(paths),
    identityFiles: valuesOf('identityfile').map((path) => expandHome(path, home)),
    /** Path of the agent's socket; undefined means SSH_AUTH_SOCK, `none` no agent. */
    identityAgent:
      agent === 'SSH_AUTH_SOCK' || agent === undefined ? undefined : expandHome(agent, home),
  };
}

function expandHome(path: string, home: string | undefined): string {
  return home !== undefined && path.startsWith('~/') ? join(home, path.slice(2)) : path;
}
