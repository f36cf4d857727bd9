import type RFB from '@novnc/novnc';
import type { PageSession } from '../model/page.js';
import { BEGINNING, type LifeEvent, nextStanding } from './connection-life.js';
import { find } from './elements.js';
import { openDesktop } from './open-desktop.js';
import { isStillThere, openSession } from './open-session.js';
import { showLife } from './show-life.js';
import { textsFor } from './texts/texts.js';
import { makeToolbar, type Toolbar } from './toolbar.js';

const COUNT_EVERY_MS = 1_000;

const texts = textsFor(document.documentElement.lang);
const screen = find('screen');
const passwordField = find<HTMLInputElement>('password');
let standing = BEGINNING;
let session: PageSession | undefined;
let toolbar: Toolbar | undefined;
let rfb: RFB | undefined;
let isRetrying = false;
/** Only in memory, for a desktop that comes back; dropped when it is refused. */
let password: string | undefined;

find('too-old').remove();
find('password-label').textContent = texts.password;
find('password-submit').textContent = texts.logIn;
screen.setAttribute('aria-label', texts.screen);
screen.setAttribute('role', 'application');
find('password-form').addEventListener('submit', givePassword);
find('retry').addEventListener('click', () => void retry());
setInterval(count, COUNT_EVERY_MS);
step();
await begin();

async function begin(): Promise<void> {
  const admission = await openSession();
  if (typeof admission === 'string') return step({ kind: admission });
  session = admission;
  password = admission.password ?? undefined;
  document.title = `${admission.name} – hpc-desk`;
  toolbar ??= makeToolbar(texts, admission, () => rfb);
  connect();
}

function connect(): void {
  if (session === undefined) return;
  step({ kind: 'dialled' });
  rfb?.disconnect();
  const opened = openDesktop(screen, session.key, password, {
    onConnected() {
      hear({ kind: 'connected' });
      opened.focus();
    },
    onPasswordNeeded: () => hear({ kind: 'passwordNeeded' }),
    onRefused(isForPassword) {
      password = undefined;
      if (isForPassword) hear({ kind: 'passwordWrong' });
      else hear({ kind: 'closed', reason: 'rfb.lockedOut', nowMs: Date.now() });
    },
    onClosed: (reason) => hear({ kind: 'closed', reason, nowMs: Date.now() }),
    onClipboard: (text) => toolbar?.keepClipboard(text),
  });
  // One that has been replaced may say what it likes.
  const hear = (event: LifeEvent) => rfb === opened && step(event);
  rfb = opened;
  toolbar?.apply(opened);
}

/** A refused password needs a new connection; the first goes to the one that asks. */
function givePassword(event: Event): void {
  event.preventDefault();
  const { life } = standing;
  if (life.phase !== 'password') return;
  password = passwordField.value;
  passwordField.value = '';
  if (life.wasWrong) {
    connect();
    return;
  }
  step({ kind: 'passwordGiven' });
  rfb?.sendCredentials({ password });
}

async function retry(): Promise<void> {
  if (isRetrying) return;
  isRetrying = true;
  if (session === undefined) await begin();
  else if (await isStillThere(session.key)) connect();
  else step({ kind: 'programGone' });
  isRetrying = false;
}

function count(): void {
  const { life } = standing;
  if (life.phase !== 'lost') return;
  if (Date.now() >= life.retryAtMs) void retry();
  else step();
}

function step(event?: LifeEvent): void {
  if (event !== undefined) standing = nextStanding(standing, event);
  showLife(standing.life, session?.target ?? '', texts, Date.now());
}
