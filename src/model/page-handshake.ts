/**
 * How the program and its page prove to each other that they know the same secret, without sending it:
 *
 *     page → program   ID PAGE-NONCE
 *     program → page   PROGRAM-NONCE PROOF
 *     page → program   PROOF
 *     program → page   the session, as JSON
 *
 * A proof is an HMAC-SHA-256 over the prover's role, host and port, and both nonces. Somebody else at our port learns
 * nothing that can be used again: he cannot answer the first message, and so never gets the second proof. What he relays
 * from another port does not match the port that the page is at.
 *
 * The same code runs in the program and in the page; Web Crypto is there in both (in browsers because 127.0.0.1 is a
 * secure context).
 */
import type { PageSession } from './page.js';

/** One end of the connection. */
export interface Channel {
  send(message: string): void;
  /** The next message; undefined when the connection has ended. */
  receive(): Promise<string | undefined>;
}

export interface Handshake {
  /** `127.0.0.1:PORT`, as each side knows it by itself. */
  readonly host: string;
  /** 32 random bytes in hexadecimal. */
  readonly nonce: string;
}

/** What the program knows of its secrets. */
export interface Secrets {
  /** The secret with that ID, while it is good. */
  find(id: string): string | undefined;
  /** Called once the page has proved that it knows it; undefined when it is no longer good. */
  admit(id: string): PageSession | undefined;
}

/** `unknown`: the secret is not, or no longer, one of ours; `broken`: the page did not keep to the protocol. */
export type Verdict = 'admitted' | 'unknown' | 'broken';

const ID_LENGTH = 11;
const HELLO = /^([\w-]{11}) ([\da-f]{64})$/;
const CHALLENGE = /^([\da-f]{64}) ([\da-f]{64})$/;
const PROOF = /^[\da-f]{64}$/;

/** The public part of a secret (32 random bytes, base64url): 66 of its 256 bits. */
export function idOf(secret: string): string {
  return secret.slice(0, ID_LENGTH);
}

/** The program's side; the session is sent when the page has proved itself, and RFB follows. */
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

/**
 * The page's side: the session, `impostor` when the other side does not know the secret, or undefined when the
 * connection has ended before.
 */
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

/** In constant time, as Web Crypto compares. */
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

/** One line each; none of them holds a line break. */
function textOf(role: string, facts: readonly string[]) {
  return new TextEncoder().encode(['hpc-desk page 1', role, ...facts].join('\n'));
}
