import type { Writable } from 'node:stream';
import { DeskError } from '../../errors/desk-error.js';
import { MAX_NAME_BYTES, MAX_REASON_BYTES, MAX_SKIPPED_NAME_BYTES } from './budget.js';
import type { ByteReader } from './byte-reader.js';
import { GREETING_BYTES } from './messages.js';
import { ProtocolError } from './protocol-error.js';

export interface HandshakeOptions {
  readonly stream: Writable;
  readonly reader: ByteReader;
  /** Host and port, for the error. */
  readonly target: string;
  /** Truncated to 8 bytes. */
  readonly password: string | undefined;
  /** Called when the security handshake has succeeded. */
  onSecured(): void;
}

/** The negotiated version (RFC 6143 §7.1.1). */
type ProtocolVersion = '3.3' | '3.7' | '3.8';

/** Security types (§7.1.2). */
const SECURITY_NONE = 1;
const SECURITY_VNC_AUTHENTICATION = 2;

/** SecurityResult (§7.1.3); 2 is sent by servers with the Tight extension. */
const SECURITY_OK = 0;
const SECURITY_TOO_MANY_TRIES = 2;

/** VNC authentication (§7.2.2). */
const CHALLENGE_BYTES = 16;
/** ServerInit without the name (§7.3.2). */
const SERVER_INIT_BYTES = 24;

/**
 * The handshake from ProtocolVersion to ServerInit (RFC 6143 §7.1 to §7.3), with the shared flag set.
 *
 * @throws rfb.authFailed, rfb.lockedOut, tunnel.lost, ProtocolError
 */
export async function shakeHands(options: HandshakeOptions) {
  const { stream, reader } = options;
  const greeting = (await reader.read(GREETING_BYTES)).toString('latin1');
  const greeted = greeting.slice(4, 11);
  const version = chooseVersion(greeted);
  if (version === undefined) throw new ProtocolError(`speaks version ${greeted}`);
  stream.write(`RFB 003.00${version.slice(2)}\n`);

  const securityTypes = await readSecurityTypes(options, version);
  await passSecurity(options, version, securityTypes);
  options.onSecured();

  // ClientInit (§7.3.1) with the shared flag, so that other clients stay connected.
  stream.write(Buffer.from([1]));
  // Its pixel format is ignored, since we set our own.
  const init = await reader.read(SERVER_INIT_BYTES);
  return {
    /** RFB version of the server's greeting: `003.008`. */
    version: greeted,
    /** Security types offered by the server (RFC 6143 §7.1.2). */
    securityTypes,
    widthPx: init.readUInt16BE(0),
    heightPx: init.readUInt16BE(2),
    /** From the server: untrusted. */
    desktopName: await readName(reader, init.readUInt32BE(20)),
  };
}

/**
 * The version to use with a server that announced, for example, `003.008`; undefined when it is too old.
 *
 * Versions between 3.3 and 3.7 count as 3.3 (§7.1.1); Apple's 3.889 and RealVNC's 4 and 5 support 3.8.
 */
export function chooseVersion(greeted: string): ProtocolVersion | undefined {
  const [major = 0, minor = 0] = greeted.split('.').map(Number);
  if (major > 3 || (major === 3 && minor >= 8)) return '3.8';
  if (major !== 3 || !(minor >= 3)) return undefined;
  return minor === 7 ? '3.7' : '3.3';
}

/** The server's list (§7.1.2); in 3.3 the server decides and sends one type (Appendix A). */
async function readSecurityTypes(
  options: HandshakeOptions,
  version: ProtocolVersion,
): Promise<readonly number[]> {
  const { reader } = options;
  const types =
    version === '3.3'
      ? [(await reader.read(4)).readUInt32BE(0)].filter((type) => type !== 0)
      : [...(await reader.read((await reader.read(1)).readUInt8(0)))];
  if (types.length === 0) throw await refusal(options);
  return types;
}

async function passSecurity(
  options: HandshakeOptions,
  version: ProtocolVersion,
  offered: readonly number[],
): Promise<void> {
  const { stream, reader, target, password } = options;
  const wanted = [SECURITY_NONE, SECURITY_VNC_AUTHENTICATION];
  const type = (password === undefined ? wanted : wanted.toReversed()).find((known) =>
    offered.includes(known),
  );
  if (type === undefined) {
    throw new ProtocolError(`offers only unknown security types: ${offered.join(', ')}`);
  }
  if (type === SECURITY_VNC_AUTHENTICATION && password === undefined) {
    throw new DeskError('rfb.authFailed', { target });
  }
  if (version !== '3.3') stream.write(Buffer.from([type]));
  if (type === SECURITY_VNC_AUTHENTICATION) {
    // Loaded on demand: few desktops need the cipher.
    const { encryptVncDes } = await import('../../model/vnc-des.js');
    const challenge = await reader.read(CHALLENGE_BYTES);
    stream.write(encryptVncDes(Buffer.from(password ?? ''), challenge));
  }
  // SecurityResult for type None exists since 3.8 only (§7.1.3, §7.2.1).
  if (type === SECURITY_NONE && version !== '3.8') return;
  const result = (await reader.read(4)).readUInt32BE(0);
  if (result === SECURITY_OK) return;
  if (type === SECURITY_VNC_AUTHENTICATION && result !== SECURITY_TOO_MANY_TRIES) {
    throw new DeskError('rfb.authFailed', { target });
  }
  // A reason exists in 3.8 only (§7.1.3).
  if (version === '3.8') throw await refusal(options);
  throw new DeskError('rfb.lockedOut', { target, reason: 'too many tries' });
}

/** The reason of a refusal: length and text (§7.1.2, §7.1.3). */
async function refusal({ reader, target }: HandshakeOptions): Promise<DeskError> {
  const byteCount = (await reader.read(4)).readUInt32BE(0);
  if (byteCount > MAX_REASON_BYTES) {
    throw new ProtocolError(`announces a reason of ${byteCount} bytes`);
  }
  const reason = (await reader.read(byteCount)).toString('utf8');
  return new DeskError('rfb.lockedOut', { target, reason });
}

async function readName(reader: ByteReader, byteCount: number): Promise<string> {
  if (byteCount > MAX_SKIPPED_NAME_BYTES) {
    throw new ProtocolError(`announces a name of ${byteCount} bytes`);
  }
  const name = await reader.read(Math.min(byteCount, MAX_NAME_BYTES));
  await reader.skip(byteCount - name.length);
  return name.toString('utf8');
}
