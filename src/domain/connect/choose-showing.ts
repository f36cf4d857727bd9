import { isDeskError } from '../../errors/desk-error.js';
import type { FoundViewer, Transport } from '../../transport/transport.js';

/** How a desktop is shown: by a viewer, on our page in the browser, or not at all: by a port that is kept open. */
export type Showing =
  | { readonly kind: 'viewer'; readonly viewer: FoundViewer }
  | { readonly kind: 'web' }
  | { readonly kind: 'forward' };

/**
 * What is meant by `none`, `web`, `auto`, an id or a path; where no viewer is found, `auto` means the page.
 *
 * @throws viewer.missing when the viewer that was named is not there.
 */
export async function chooseShowing(
  transport: Pick<Transport, 'chooseViewer'>,
  wish: string,
): Promise<Showing> {
  if (wish === 'none') return { kind: 'forward' };
  if (wish === 'web') return { kind: 'web' };
  try {
    return { kind: 'viewer', viewer: await transport.chooseViewer(wish) };
  } catch (error) {
    if (wish === 'auto' && isDeskError(error, 'viewer.missing')) return { kind: 'web' };
    throw error;
  }
}
