import type { Socket } from 'node:net';
import type { Desktop, DesktopOptions } from '../desktop.js';
import { openRfbPort } from '../rfb-port.js';
import { createByteChannel } from './byte-channel.js';
import { converse } from './conversation.js';
import { greetClient } from './handshake.js';
import { drawTestCard, type Picture } from './test-card.js';

/**
 * Starts the built-in RFB 3.8 server (RFC 6143) that shows the test card, for machines without Xvnc; the caller closes it.
 *
 * @throws what `openRfbPort` throws.
 */
export async function startRfbServer(options: DesktopOptions): Promise<Desktop> {
  const { widthPx, heightPx, vncPassword } = options;
  const picture = drawTestCard(widthPx, heightPx);
  const port = await openRfbPort(options, (viewer) => void serve(viewer, picture, vncPassword));
  return { ...port, widthPx, heightPx };
}

async function serve(socket: Socket, picture: Picture, vncPassword: string | undefined) {
  const channel = createByteChannel(socket);
  try {
    if (await greetClient(channel, picture, 'hpc-desk sandbox', vncPassword)) {
      await converse(channel, picture);
    }
    socket.end();
  } catch {
    socket.destroy();
  }
}
