import { join } from 'node:path';
import { platform } from 'node:process';
import { DeskError } from '../../errors/desk-error.js';
import { formatLoginNode, type LoginNode } from '../../model/endpoint.js';
import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { readOutput } from '../process/read-output.js';
import { loginArguments } from './arguments.js';

export interface LookOptions {
  readonly environment: Environment;
  /** Undefined where there is none. */
  readonly home: string | undefined;
  readonly signal: AbortSignal;
}

/** The part of the user's ssh configuration that matters for a login node (`ssh -G`, ssh(1)). */
export interface EffectiveConfig {
  /** What known_hosts files call the host: `host`, `[host]:port` or an alias. */
  readonly knownAs: string;
  /** `StrictHostKeyChecking`: `ask`, `true`, `false` or `accept-new`. */
  readonly policy: string;
  readonly knownHostsFiles: readonly string[];
  readonly identityFiles: readonly string[];
  /** Path of the agent's socket; undefined leaves it to the environment, `none` is no agent. */
  readonly identityAgent: string | undefined;
  /** Whether the way there leads through another program: `ProxyJump` or `ProxyCommand`. */
  readonly isProxied: boolean;
}

/**
 * Asks ssh itself what it would do for a login node.
 *
 * @throws ssh.missing; ssh.exited when ssh refuses the configuration; the signal's reason when aborted.
 */
export async function readEffectiveConfig(
  via: LoginNode,
  { environment, home, signal }: LookOptions,
): Promise<EffectiveConfig> {
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

/** `ssh -G` quotes nothing: a blank inside a path is told from one between two by what follows it. */
const PATH_BREAK = / (?=[~/%]|none$|[A-Za-z]:[\\/]|__PROGRAMDATA__)/;

/** @param text - Lines of a keyword in lower case and its value. */
export function parseEffectiveConfig(text: string, home: string | undefined): EffectiveConfig {
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
    knownAs: firstOf('hostkeyalias') ?? address,
    policy: firstOf('stricthostkeychecking') ?? 'ask',
    knownHostsFiles: files.flatMap(paths),
    identityFiles: valuesOf('identityfile').map((path) => expandHome(path, home)),
    identityAgent:
      agent === 'SSH_AUTH_SOCK' || agent === undefined ? undefined : expandHome(agent, home),
    isProxied: [firstOf('proxyjump'), firstOf('proxycommand')].some(
      (value) => value !== undefined && value !== 'none',
    ),
  };
}

function expandHome(path: string, home: string | undefined): string {
  return home !== undefined && path.startsWith('~/') ? join(home, path.slice(2)) : path;
}
