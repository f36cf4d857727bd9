import type { Picture } from '../../model/picture.js';
import type { DesktopOptions, Transport } from '../../transport/transport.js';

export interface CapturePlan extends Omit<DesktopOptions, 'report'> {
  /** Limit for all of the pixels, in milliseconds. */
  readonly frameTimeoutMs: number;
}

/** Takes one picture of a desktop and leaves it. @throws what `Transport.openDesktop` and `captureFrame` throw */
export async function captureDesktop(transport: Transport, plan: CapturePlan): Promise<Picture> {
  const desktop = await transport.openDesktop(plan);
  try {
    return await desktop.captureFrame(plan.frameTimeoutMs);
  } finally {
    await desktop.close();
  }
}
