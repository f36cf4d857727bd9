import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { Transport } from '../../transport/create-transport.js';
import type { FoundViewer } from '../../transport/transport.js';

/** Show the desktop in a viewer or in the browser, or only forward a port. */
export type DisplayMode =
  | { readonly kind: 'viewer'; readonly viewer: FoundViewer }
  | { readonly kind: 'web' }
  | { readonly kind: 'forward' };

/**
 * Parses `none`, `web`, `auto`, a viewer's id or a path; `auto` falls back to the page.
 *
 * @throws viewer.missing when the named viewer is not found; viewer.noDisplay when it cannot open a window here.
 */
export async function chooseDisplayMode(
  transport: Pick<Transport, 'chooseViewer'>,
  viewer: string,
): Promise<DisplayMode> {
  if (viewer === 'none') return { kind: 'forward' };
  if (viewer === 'web') return { kind: 'web' };
  const isAuto = viewer === 'auto';
  const chosen = await (isAuto ? findChosen(transport, viewer) : transport.chooseViewer(viewer));
  if (chosen === undefined) return { kind: 'web' };
  const { name, problem } = chosen;
  if (problem !== undefined) throw new DeskError('viewer.noDisplay', { viewer: name, problem });
  return { kind: 'viewer', viewer: chosen };
}

/**
 * All viewers of this machine, and the requested one (`auto`, an id, a path or `none`): `chosen` is the one that
 * `vnc connect` would start, undefined for `none` or when not found.
 */
export async function describeViewers(transport: Transport, viewer: string) {
  const [{ viewers, searched }, chosen] = await Promise.all([
    transport.findViewers(),
    viewer === 'none' ? undefined : findChosen(transport, viewer),
  ]);
  const isListed = chosen === undefined || viewers.some(({ path }) => path === chosen.path);
  return { viewers: isListed ? viewers : [chosen, ...viewers], searched, chosen };
}

/** Undefined when it is not found. */
async function findChosen(
  transport: Pick<Transport, 'chooseViewer'>,
  viewer: string,
): Promise<FoundViewer | undefined> {
  try {
    return await transport.chooseViewer(viewer);
  } catch (error) {
    if (isDeskError(error, 'viewer.missing')) return undefined;
    throw error;
  }
}
