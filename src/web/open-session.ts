import { CLOSE_CODES, DESKTOP_PATH, type PageSession, RFB_SUBPROTOCOL } from '../model/page.js';
import { authenticateProgram, type Channel } from '../model/page-handshake.js';
import type { LifeEvent } from './connection-life.js';

/** The program, which has proved itself; RFB comes next. Whoever has the socket closes it. */
export interface OpenSession {
  readonly kind: 'open';
  readonly socket: WebSocket;
  readonly session: PageSession;
  /** Settles when the socket is closed. */
  readonly closed: Promise<CloseEvent>;
  /** Hands what the desktop has said so far to the listeners of the socket; until then it is kept. */
  release(): void;
}

const STORED_KEY = 'hpc-desk.key';
const LIMIT_MS = 10_000;

/** The secret of the link, which is cleared from the address, or else the key that this tab was given for a reload. */
export function takeSecret(): string | null {
  const secret = location.hash.slice(1);
  if (secret === '') return sessionStorage.getItem(STORED_KEY);
  history.replaceState(null, '', '/');
  return secret;
}

/** Keeps the key for a reload (`docs/decisions.md`). */
export function storeReloadKey(key: string): void {
  sessionStorage.setItem(STORED_KEY, key);
}

/** A link that opens the page once more, with the key for a reload. */
export function linkToPage(): string {
  return `/#${sessionStorage.getItem(STORED_KEY) ?? ''}`;
}

/** Connects to the program with a secret that it is not sent, or answers with what became of the connection. */
export async function openSession(
  secret: string,
  nowMs: () => number,
): Promise<OpenSession | LifeEvent> {
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
  if (!(await opened)) return { kind: 'programGone' };
  const session = await authenticateProgram(channelOf(socket, closed), secret, {
    host: location.host,
    nonce: makeNonce(),
  });
  limit.removeEventListener('abort', giveUp);
  // Nobody has proved anything yet: a code may stop us, but no words of theirs are shown.
  if (session === undefined) return eventOf({ code: (await closed).code, reason: '' }, nowMs());
  if (session !== 'impostor') return { kind: 'open', socket, session, closed, ...keep(socket) };
  socket.close();
  return { kind: 'impostor' };
}

/** Called within the last message of the handshake, so that nothing of RFB is missed. */
function keep(socket: WebSocket): Pick<OpenSession, 'release'> {
  const kept: MessageEvent[] = [];
  const onMessage = (event: MessageEvent) => kept.push(event);
  socket.addEventListener('message', onMessage);
  return {
    release() {
      socket.removeEventListener('message', onMessage);
      for (const { data } of kept) socket.dispatchEvent(new MessageEvent('message', { data }));
    },
  };
}

/** What the end of a connection means for the page. */
export function eventOf(
  { code, reason }: Pick<CloseEvent, 'code' | 'reason'>,
  nowMs: number,
): LifeEvent {
  if (code === CLOSE_CODES.goingAway) return { kind: 'programGone' };
  if (code === CLOSE_CODES.unknownSecret) return { kind: 'linkSpent' };
  if (code === CLOSE_CODES.full) return { kind: 'closed', reason: 'pageFull', nowMs };
  return { kind: 'closed', reason: (code === CLOSE_CODES.failed && reason) || undefined, nowMs };
}

function channelOf(socket: WebSocket, closed: Promise<CloseEvent>): Channel {
  const message = () =>
    new Promise<string>((resolve) => {
      // What is not text is no message of the handshake, as little as an empty one.
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
