import { DeskError } from '../../errors/desk-error.js';
import type { FoundViewer, LinkProfile, ViewerOptions } from '../transport.js';
import { rowOf } from './catalogue.js';
import type { ViewTarget } from './viewer-row.js';

export interface LaunchPlan {
  /** Program and arguments; never a password. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Contents of the private file in the arguments. */
  readonly fileText?: string;
}

/**
 * Plans the start of a viewer; pure.
 *
 * @param options - With the password in the form of its channel.
 * @param filePath - Path of the private file, if the plan uses one.
 * @throws viewer.failed when the viewer supports no view-only mode or Unix socket but needs to.
 */
export function planLaunch(
  viewer: FoundViewer,
  { address, password, viewOnly, fullScreen, link }: ViewerOptions,
  filePath: string,
): LaunchPlan {
  const row = rowOf(viewer.id);
  const options = { viewOnly, fullScreen, link, version: viewer.version };
  if (viewOnly && row.canViewOnly !== true) throw unsupported(viewer, 'it has no view-only mode');
  const ordinary =
    address.kind === 'socket'
      ? row.socketArguments?.(address.path, options)
      : row.arguments(address, options);
  if (ordinary === undefined) throw unsupported(viewer, 'it takes no Unix socket');

  const launcher = launcherOf(viewer);
  const plain = { argv: [...launcher, ...ordinary], environment: {} };
  const channel = row.password;
  if (password === undefined || channel === undefined) return plain;
  if (channel.kind === 'environment') {
    const { variable } = channel;
    // WSL passes to a Windows program only the variables listed in WSLENV.
    const isInWsl = viewer.path.startsWith('/') && viewer.path.endsWith('.exe');
    const environment = { [variable]: password, ...(isInWsl ? { WSLENV: variable } : {}) };
    return { ...plain, environment };
  }
  if (address.kind === 'socket')
    throw unsupported(viewer, 'it takes no password with a Unix socket');

  const rest = channel.keepsArguments === true ? ordinary : [];
  const argv = [...launcher, ...channel.arguments(filePath), ...rest];
  const text = channel.text(password, address, options);
  return { ...plain, argv, ...(channel.kind === 'stdin' ? { stdin: text } : { fileText: text }) };
}

function unsupported(viewer: FoundViewer, reason: string): DeskError {
  return new DeskError('viewer.failed', { viewer: viewer.name, exitCode: null, reason });
}

/** The command for users to run themselves; without a password. */
export function viewerCommand(
  viewer: FoundViewer,
  target: ViewTarget,
  link?: LinkProfile,
): readonly string[] {
  const options = { viewOnly: false, fullScreen: false, link, version: viewer.version };
  return [...launcherOf(viewer), ...rowOf(viewer.id).arguments(target, options)];
}

/** The command before the viewer's arguments. */
function launcherOf(viewer: FoundViewer): readonly string[] {
  return rowOf(viewer.id).launcher?.(viewer.path) ?? [viewer.path];
}
