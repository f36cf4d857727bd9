import { authenticateProgram, type Channel, DESKTOP_PATH, RFB_SUBPROTOCOL } from '../model/page.js';
import { visible } from '../model/sanitize.js';
import { eventOf } from './connection-state.js';

/** A connection to the authenticated program; RFB follows. The owner of the socket closes it. */
export type OpenSession = Extract<Awaited<ReturnType<typeof openSession>>, { kind: 'open' }>;

const STORED_KEY = 'hpc-desk.key';
const LIMIT_MS = 10_000;

/** The secret of the link, removed from the address bar, else the reload key of this tab. */
export function takeSecret(): string | null {
  const secret = location.hash.slice(1);
  if (secret === '') return sessionStorage.getItem(STORED_KEY);
  history.replaceState(null, '', '/');
  return secret;
}

/** Stores the reload key (`docs/decisions.md`). */
export function storeReloadKey(key: string): void {
  sessionStorage.setItem(STORED_KEY, key);
}

/** A link to the page with the reload key. */
export function linkToPage(): string {
  return `/#${sessionStorage.getItem(STORED_KEY) ?? ''}`;
}

/** Connects to the program and authenticates both sides, without sending the secret; else the event that ended it. */
export async function openSession(secret: string) {
  const socket = new WebSocket(`ws://${location.host}${DESKTOP_PATH}`, RFB_SUBPROTOCOL);
  socket.binaryType = 'arraybuffer';
  const giveUp = () => socket.close();
  const limit = AbortSignal.timeout(LIMIT_MS);
  limit.addEventListener('abort', giveUp);
  const opened = new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(true));
    socket.addEventListener('error', () => resolve(false));
  });
  const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve));
  if (!(await opened)) return { kind: 'programGone' } as const;
  const session = await authenticateProgram(channelOf(socket, closed), secret, {
    host: location.host,
    nonce: makeNonce(),
  });
  limit.removeEventListener('abort', giveUp);
  // Not authenticated: the close code is used, but no text of the peer is shown.
  if (session === undefined) return eventOf({ code: (await closed).code, reason: '' }, Date.now());
  if (session === 'impostor') {
    socket.close();
    return { kind: 'impostor' } as const;
  }
  return {
    kind: 'open' as const,
    socket,
    // Control, bidi and zero-width characters in the texts of the platform are escaped, as on the terminal.
    session: { ...session, name: visible(session.name), target: visible(session.target) },
    /** Settles when the socket is closed. */
    closed,
    /** Replays the RFB messages received so far to the listeners of the socket; until then they are buffered. */
    release: bufferMessages(socket),
  };
}

/** Called in the same task as the last handshake message, so that no RFB message is missed. */
function bufferMessages(socket: WebSocket): () => void {
  const buffered: MessageEvent[] = [];
  const onMessage = (event: MessageEvent) => buffered.push(event);
  socket.addEventListener('message', onMessage);
  return () => {
    socket.removeEventListener('message', onMessage);
    for (const { data } of buffered) socket.dispatchEvent(new MessageEvent('message', { data }));
  };
}

function channelOf(socket: WebSocket, closed: Promise<CloseEvent>): Channel {
  const message = () =>
    new Promise<string>((resolve) => {
      // Handshake messages are text; a binary one is invalid, like an empty one.
      const onMessage = ({ data }: MessageEvent) => resolve(typeof data === 'string' ? data : '');
      socket.addEventListener('message', onMessage, { once: true });
    });
  return {
    send: (text) => socket.send(text),
    receive: () => Promise.race([message(), closed.then(() => undefined)]),
  };
}

function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
