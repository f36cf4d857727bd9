import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { authenticateProgram, type PageKeys, type PageSession } from '../../src/model/page.js';

export interface EnteredPage {
  /** Ready for RFB; the caller closes it. */
  readonly socket: WebSocket;
  readonly session: PageSession;
  /** The keys that a loaded page receives. */
  readonly keys: PageKeys;
}

/** Connects to the desktop like the page, with the secret of the link or another one. */
export async function enterPage(
  link: string,
  secret = new URL(link).hash.slice(1),
): Promise<EnteredPage> {
  const { origin, host } = new URL(link);
  const socket = new WebSocket(`ws://${host}/desktop`, ['binary'], { origin });
  const closed = once(socket, 'close');
  await Promise.race([
    once(socket, 'open'),
    closed.then(([code]) => {
      throw new Error(`the bridge closed with ${code}`);
    }),
  ]);
  let nextText: (text: string) => void = () => {};
  const early: Buffer[] = [];
  const onMessage = (bytes: Buffer, isBinary: boolean) => {
    if (isBinary) early.push(bytes);
    else nextText(String(bytes));
  };
  socket.on('message', onMessage);
  const channel = {
    send: (text: string) => socket.send(text),
    receive: () =>
      Promise.race([
        new Promise<string>((resolve) => {
          nextText = resolve;
        }),
        closed.then(() => undefined),
      ]),
  };
  const nonce = randomBytes(32).toString('hex');
  const session = await authenticateProgram(channel, secret, { host, nonce });
  if (session === undefined) throw new Error(`the bridge closed with ${(await closed)[0]}`);
  if (session === 'impostor') throw new Error('the bridge did not prove itself');
  // Replays binary messages that arrived before the first listener.
  socket.on('newListener', function release(name) {
    if (name !== 'message') return;
    socket.off('newListener', release);
    queueMicrotask(() => {
      socket.off('message', onMessage);
      for (const bytes of early) socket.emit('message', bytes, true);
    });
  });
  return { socket, session, keys: session.keys ?? { reconnect: '', reload: '' } };
}
