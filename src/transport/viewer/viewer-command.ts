import type { FoundViewer, LinkProfile } from '../transport.js';
import { rowOf } from './catalogue.js';
import type { ViewTarget } from './view-target.js';

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
