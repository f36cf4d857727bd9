import type { Picture } from '../../model/picture.js';
import type { DesktopOptions, Transport } from '../../transport/transport.js';

export interface CapturePlan extends Omit<DesktopOptions, 'report'> {
  /** Limit for receiving the frame, in milliseconds. */
  readonly frameTimeoutMs: number;
}

/** Captures one frame of a desktop. @throws like `Transport.openDesktop` and `captureFrame` */
export async function captureDesktop(transport: Transport, plan: CapturePlan): Promise<Picture> {
  const desktop = await transport.openDesktop(plan);
  try {
    return await desktop.captureFrame(plan.frameTimeoutMs);
  } finally {
    await desktop.close();
  }
}
