import type RFB from '@novnc/novnc';
import type { PageSession } from '../model/page.js';
import { type ConnectionEvent, eventOf, INITIAL, reduce } from './connection-state.js';
import { find } from './elements.js';
import { firstSecret, firstSession } from './first-session.js';
import { openDesktop } from './open-desktop.js';
import { type OpenSession, openSession, storeReloadKey } from './open-session.js';
import { renderState } from './render-state.js';
import { texts } from './texts.js';
import { makeToolbar, type Toolbar } from './toolbar.js';

const COUNT_EVERY_MS = 1_000;

const screen = find('screen');
const passwordField = find<HTMLInputElement>('password');
let state = INITIAL;
let session: PageSession | undefined;
let toolbar: Toolbar | undefined;
let rfb: RFB | undefined;
let isDialling = false;
/** From the link or a reload; later the reconnect key. */
let secret = firstSecret;
/** Kept in memory for reconnects; dropped when it is rejected. */
let password: string | undefined;

find('too-old').remove();
find('password-label').textContent = texts.password;
find('password-submit').textContent = texts.logIn;
screen.setAttribute('aria-label', texts.screen);
screen.setAttribute('role', 'application');
find('password-form').addEventListener('submit', givePassword);
find('retry').addEventListener('click', () => void connect());
setInterval(count, COUNT_EVERY_MS);
step();
void connect(firstSession);

async function connect(opening?: ReturnType<typeof openSession>): Promise<void> {
  if (secret === null) return step({ kind: 'linkSpent' });
  if (isDialling) return;
  isDialling = true;
  if (session !== undefined) step({ kind: 'dialled' });
  rfb?.disconnect();
  const opened = await (opening ?? openSession(secret));
  isDialling = false;
  if (opened.kind !== 'open') return step(opened);
  begin(opened.session);
  if (opened.socket.readyState === WebSocket.OPEN) show(opened);
  else step(eventOf(await opened.closed, Date.now()));
}

/** Stores the session of the first connection; a reconnect has no keys and changes nothing. */
function begin(entered: PageSession): void {
  if (entered.keys === null) return;
  session = entered;
  secret = entered.keys.reconnect;
  storeReloadKey(entered.keys.reload);
  password = entered.password ?? undefined;
  document.title = `${entered.name} – hpc-desk`;
  toolbar = makeToolbar(entered, () => rfb);
  step({ kind: 'dialled' });
}

function show({ socket, release }: OpenSession): void {
  const onEvent = (event: ConnectionEvent) => {
    // Of a replaced connection.
    if (rfb !== opened) return;
    if (event.kind === 'passwordWrong') password = undefined;
    step(event);
    if (event.kind !== 'connected') return;
    opened.focus();
    toolbar?.begin();
  };
  const onClipboard = (text: string) => toolbar?.receiveClipboard(text);
  const opened = openDesktop(screen, socket, password, onEvent, onClipboard);
  rfb = opened;
  toolbar?.apply(opened, socket);
  release();
}

/** The first password is sent on the open connection; after a rejection a new one is needed. */
function givePassword(event: Event): void {
  event.preventDefault();
  const { connection } = state;
  if (connection.phase !== 'password') return;
  password = passwordField.value;
  passwordField.value = '';
  if (connection.wasWrong) {
    void connect();
    return;
  }
  step({ kind: 'passwordGiven' });
  rfb?.sendCredentials({ password });
}

function count(): void {
  const { connection } = state;
  if (connection.phase !== 'lost') return;
  if (Date.now() >= connection.retryAtMs) void connect();
  else step();
}

function step(event?: ConnectionEvent): void {
  if (event !== undefined) state = reduce(state, event);
  renderState(state.connection, session?.target ?? '');
}
