import { DeskError } from '../../errors/desk-error.js';
import type { FoundViewer, LinkProfile, ViewerOptions } from '../transport.js';
import { rowOf } from './catalogue.js';
import type { ViewTarget } from './viewer-row.js';

/** Everything about starting a viewer, decided before anything is done. */
export interface LaunchPlan {
  /** The program and its arguments; never a password. */
  readonly argv: readonly string[];
  /** Variables to add to those that the child sees. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: string | undefined;
  /** Text of the private file that the arguments name. */
  readonly fileText: string | undefined;
}

/**
 * Decides how a viewer is started; pure.
 *
 * @param options - With the password as the row wants it.
 * @param filePath Where the private file will be, should the plan have one.
 * @throws viewer.failed when the viewer cannot do what is wanted: look on without touching, or take a Unix socket.
 */
export function planLaunch(
  viewer: FoundViewer,
  { address, password, viewOnly, fullScreen, link }: ViewerOptions,
  filePath: string,
): LaunchPlan {
  const row = rowOf(viewer.id);
  const options = { viewOnly, fullScreen, link, version: viewer.version };
  if (viewOnly && !row.canViewOnly) throw cannot(viewer, 'it has no view-only mode');
  const ordinary =
    address.kind === 'socket'
      ? row.socketArguments?.(address.path, options)
      : row.arguments(address, options);
  if (ordinary === undefined) throw cannot(viewer, 'it takes no Unix socket');

  const launcher = launcherOf(viewer);
  const plain = {
    argv: [...launcher, ...ordinary],
    environment: {},
    stdin: undefined,
    fileText: undefined,
  };
  const channel = row.password;
  if (password === undefined || channel.kind === 'asks') return plain;
  if (channel.kind === 'environment') {
    return { ...plain, environment: environmentFor(viewer, channel.variable, password) };
  }
  if (address.kind === 'socket') throw cannot(viewer, 'it takes no password with a Unix socket');

  const rest = channel.isWhole ? [] : ordinary;
  const text = channel.text(password, address, options);
  return channel.kind === 'stdin'
    ? { ...plain, argv: [...launcher, ...channel.arguments(), ...rest], stdin: text }
    : { ...plain, argv: [...launcher, ...channel.arguments(filePath), ...rest], fileText: text };
}

function environmentFor(
  viewer: FoundViewer,
  variable: string,
  password: string,
): Record<string, string> {
  // WSL hands a Windows program only the variables that WSLENV names.
  const isWindowsProgramInWsl = viewer.path.startsWith('/') && viewer.path.endsWith('.exe');
  return { [variable]: password, ...(isWindowsProgramInWsl ? { WSLENV: variable } : {}) };
}

function cannot(viewer: FoundViewer, reason: string): DeskError {
  return new DeskError('viewer.failed', { viewer: viewer.name, exitCode: null, reason });
}

/** The line that a person types to see an address with a viewer; no password is in it. */
export function viewerCommand(
  viewer: FoundViewer,
  target: ViewTarget,
  link?: LinkProfile,
): readonly string[] {
  const row = rowOf(viewer.id);
  const options = { viewOnly: false, fullScreen: false, link, version: viewer.version };
  return [...launcherOf(viewer), ...row.arguments(target, options)];
}

/** What starts a viewer, before its arguments. */
export function launcherOf(viewer: FoundViewer): readonly string[] {
  return rowOf(viewer.id).launcher?.(viewer.path) ?? [viewer.path];
}
