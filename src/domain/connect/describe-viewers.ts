import { isDeskError } from '../../errors/desk-error.js';
import type { FoundViewer, Transport, ViewerSearch } from '../../transport/transport.js';

export interface ViewerChoice extends ViewerSearch {
  /** The one that `vnc connect` would start; undefined for `none`, and when it was not found. */
  readonly chosen: FoundViewer | undefined;
}

/** Every viewer of this machine, and the one that a wish means: `auto`, an id, a path or `none`. */
export async function describeViewers(transport: Transport, wish: string): Promise<ViewerChoice> {
  const [{ viewers, searched }, chosen] = await Promise.all([
    transport.findViewers(),
    wish === 'none' ? undefined : findChosen(transport, wish),
  ]);
  const isListed = chosen === undefined || viewers.some(({ path }) => path === chosen.path);
  return { viewers: isListed ? viewers : [chosen, ...viewers], searched, chosen };
}

async function findChosen(transport: Transport, wish: string): Promise<FoundViewer | undefined> {
  try {
    return await transport.chooseViewer(wish);
  } catch (error) {
    if (isDeskError(error, 'viewer.missing')) return undefined;
    throw error;
  }
}
