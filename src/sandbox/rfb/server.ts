import type { Socket } from 'node:net';
import type { Picture } from '../../model/picture.js';
import type { Desktop, DesktopOptions } from '../desktop.js';
import { openRfbPort } from '../rfb-port.js';
import { createByteChannel } from './byte-channel.js';
import { serveMessages } from './conversation.js';
import { acceptClient } from './handshake.js';
import { drawTestCard } from './test-card.js';

/** Starts the built-in RFB 3.8 server with the test card, for machines without Xvnc. @throws errors of `openRfbPort` */
export async function startRfbServer(options: DesktopOptions): Promise<Desktop> {
  const { widthPx, heightPx, vncPassword } = options;
  const picture = drawTestCard(widthPx, heightPx);
  const port = await openRfbPort(options, (viewer) => void serve(viewer, picture, vncPassword));
  return { ...port, widthPx, heightPx };
}

async function serve(socket: Socket, picture: Picture, vncPassword: string | undefined) {
  const channel = createByteChannel(socket);
  try {
    if (await acceptClient(channel, picture, 'hpc-desk sandbox', vncPassword)) {
      await serveMessages(channel, picture);
    }
    socket.end();
  } catch {
    socket.destroy();
  }
}
