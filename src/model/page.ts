/**
 * The protocol between the program and its browser page.
 *
 * One WebSocket, `/desktop`: first four text messages for mutual authentication (see below), the last of which
 * is a `PageSession`; then RFB in binary messages.
 */
export const DESKTOP_PATH = '/desktop';
export const RFB_SUBPROTOCOL = 'binary';

/** Close codes of the WebSocket (RFC 6455 §7.4). */
export const CLOSE_CODES = {
  /** The program exits: the page must not reconnect. */
  goingAway: 1001,
  /** Too many pages (IANA: “Try Again Later”). */
  full: 1013,
  /** The desktop connection failed; the reason is an error code of the program. */
  failed: 4000,
  /** The secret is unknown: the link was used or has expired. */
  unknownSecret: 4001,
} as const;

export type PageLanguage = 'en' | 'zh';

export interface PageOptions {
  /** Node and display, `gv101:4`; from the platform, unchecked. */
  readonly name: string;
  readonly target: string;
  /** When the next nightly clean-up runs, ISO 8601 with the platform's offset. */
  readonly sweepAt: string;
  readonly viewOnly: boolean;
  readonly fullScreen: boolean;
  readonly link: 'slow' | 'lan' | null;
  /** The VNC password if the program has it; else the page prompts for it. */
  readonly password: string | null;
}

/**
 * The secrets of a loaded page, valid while the program runs. They differ, so that a process that reads the tab's storage
 * cannot impersonate the program to an open page.
 */
export interface PageKeys {
  /** For reconnects; in memory only. */
  readonly reconnect: string;
  /** For reloads; in `sessionStorage`. */
  readonly reload: string;
}

export interface PageSession extends PageOptions {
  /** New for each page load; null for a reconnect. */
  readonly keys: PageKeys | null;
}

/**
 * Mutual challenge-response authentication of the program and its page with a shared secret, which is not sent:
 *
 *     page → program   ID PAGE-NONCE
 *     program → page   PROGRAM-NONCE PROOF
 *     page → program   PROOF
 *     program → page   the session, as JSON
 *
 * A proof is an HMAC-SHA-256 over the prover's role, host and port, and both nonces. Another process on our port learns
 * nothing reusable: it cannot prove itself, so it never gets the page's proof. A relay from another port fails, because the
 * port is part of the proof.
 *
 * The same code runs in both; Web Crypto is available in the browser because 127.0.0.1 is a secure context.
 */
export interface Channel {
  send(message: string): void;
  /** The next message; undefined after the end of the connection. */
  receive(): Promise<string | undefined>;
}

export interface Handshake {
  /** `127.0.0.1:PORT`, known to each side independently. */
  readonly host: string;
  /** 32 random bytes in hexadecimal. */
  readonly nonce: string;
}

export interface Secrets {
  /** The secret with that ID while it is valid. */
  find(id: string): string | undefined;
  /** Called after the page's proof; undefined when the secret is no longer valid. */
  admit(id: string): PageSession | undefined;
}

/** `unknown`: the secret is not or no longer valid; `broken`: protocol violation or wrong proof. */
export type Verdict = 'admitted' | 'unknown' | 'broken';

const ID_LENGTH = 11;
const HELLO = /^([\w-]{11}) ([\da-f]{64})$/;
const CHALLENGE = /^([\da-f]{64}) ([\da-f]{64})$/;
const PROOF = /^[\da-f]{64}$/;

/** The public part of a secret (32 random bytes, base64url): 66 of its 256 bits. */
export function idOf(secret: string): string {
  return secret.slice(0, ID_LENGTH);
}

/** The program's side. Sends the session after the page's proof; RFB follows. */
export async function authenticatePage(
  channel: Channel,
  secrets: Secrets,
  { host, nonce }: Handshake,
): Promise<Verdict> {
  const [, id = '', pageNonce] = HELLO.exec((await channel.receive()) ?? '') ?? [];
  if (pageNonce === undefined) return 'broken';
  const secret = secrets.find(id);
  if (secret === undefined) return 'unknown';
  const facts = [host, pageNonce, nonce];
  channel.send(`${nonce} ${await makeProof(secret, 'program', facts)}`);
  const proof = (await channel.receive()) ?? '';
  if (!(await isProof(proof, secret, 'page', facts))) return 'broken';
  const session = secrets.admit(id);
  if (session === undefined) return 'unknown';
  channel.send(JSON.stringify(session));
  return 'admitted';
}

/** The page's side: the session, `impostor` when the peer does not know the secret, undefined when the connection ended. */
export async function authenticateProgram(
  channel: Channel,
  secret: string,
  { host, nonce }: Handshake,
): Promise<PageSession | 'impostor' | undefined> {
  channel.send(`${idOf(secret)} ${nonce}`);
  const answer = await channel.receive();
  if (answer === undefined) return undefined;
  const [, programNonce = '', proof = ''] = CHALLENGE.exec(answer) ?? [];
  const facts = [host, nonce, programNonce];
  if (!(await isProof(proof, secret, 'program', facts))) return 'impostor';
  channel.send(await makeProof(secret, 'page', facts));
  const session = await channel.receive();
  return session === undefined ? undefined : JSON.parse(session);
}

async function makeProof(secret: string, role: string, facts: readonly string[]): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', await keyFrom(secret), textOf(role, facts));
  return Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Web Crypto verifies in constant time. */
async function isProof(
  proof: string,
  secret: string,
  role: string,
  facts: readonly string[],
): Promise<boolean> {
  if (!PROOF.test(proof)) return false;
  const mac = Uint8Array.from(proof.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  return crypto.subtle.verify('HMAC', await keyFrom(secret), mac, textOf(role, facts));
}

function keyFrom(secret: string) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);
}

/** Newline-separated; no fact contains a newline. */
function textOf(role: string, facts: readonly string[]) {
  return new TextEncoder().encode(['hpc-desk page 1', role, ...facts].join('\n'));
}
