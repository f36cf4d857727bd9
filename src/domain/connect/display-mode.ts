import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { FoundViewer, Transport, ViewerSearch } from '../../transport/transport.js';

/** How a desktop is shown: by a viewer, on our page in the browser, or not at all: by a port that is kept open. */
export type DisplayMode =
  | { readonly kind: 'viewer'; readonly viewer: FoundViewer }
  | { readonly kind: 'web' }
  | { readonly kind: 'forward' };

/**
 * What is meant by `none`, `web`, `auto`, an id or a path; where no viewer is found, `auto` means the page.
 *
 * @throws viewer.missing when the viewer that was named is not there; viewer.noDisplay when it cannot open a window here.
 */
export async function chooseDisplayMode(
  transport: Pick<Transport, 'chooseViewer'>,
  viewer: string,
): Promise<DisplayMode> {
  if (viewer === 'none') return { kind: 'forward' };
  if (viewer === 'web') return { kind: 'web' };
  try {
    const chosen = await transport.chooseViewer(viewer);
    const { name, problem } = chosen;
    if (problem !== undefined) throw new DeskError('viewer.noDisplay', { viewer: name, problem });
    return { kind: 'viewer', viewer: chosen };
  } catch (error) {
    if (viewer === 'auto' && isDeskError(error, 'viewer.missing')) return { kind: 'web' };
    throw error;
  }
}

export interface ViewerChoice extends ViewerSearch {
  /** The one that `vnc connect` would start; undefined for `none`, and when it was not found. */
  readonly chosen: FoundViewer | undefined;
}

/** Every viewer of this machine, and the one that is asked for: `auto`, an id, a path or `none`. */
export async function describeViewers(transport: Transport, viewer: string): Promise<ViewerChoice> {
  const [{ viewers, searched }, chosen] = await Promise.all([
    transport.findViewers(),
    viewer === 'none' ? undefined : findChosen(transport, viewer),
  ]);
  const isListed = chosen === undefined || viewers.some(({ path }) => path === chosen.path);
  return { viewers: isListed ? viewers : [chosen, ...viewers], searched, chosen };
}

async function findChosen(transport: Transport, viewer: string): Promise<FoundViewer | undefined> {
  try {
    return await transport.chooseViewer(viewer);
  } catch (error) {
    if (isDeskError(error, 'viewer.missing')) return undefined;
    throw error;
  }
}
