import type { Display, IpAddress, Port } from './endpoint.js';

/**
 * One VNC session of the user, in the shape that `--json` prints.
 *
 * Strings other than `ip` come from the platform unchecked: they may be compared and shown through the output
 * gate, never used as an argument, a path or a file name.
 */
export interface Session {
  /** Key of delete and launch URL, opaque: `gv101--test_1215--SIG--4`. */
  readonly sessionId: string;
  /** Primary key of the platform's table; no other call takes it. */
  readonly id: string;
  /** Node and display, `gv101:4`. */
  readonly name: string;
  readonly hostname: string;
  readonly ip: IpAddress;
  readonly display: Display;
  readonly port: Port;
  readonly user: string;
  /** The platform's `jobs` field; its meaning is not documented. */
  readonly job: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** ISO 8601 with the platform's offset; empty when the platform sent none. */
  readonly createdAt: string;
  /** When the next nightly clean-up runs, ISO 8601 with the platform's offset. */
  readonly sweepAt: string;
}

/** The keys of a session in their documented order: also the order of TSV columns. */
export const SESSION_FIELDS = [
  'sessionId',
  'id',
  'name',
  'hostname',
  'ip',
  'display',
  'port',
  'user',
  'job',
  'widthPx',
  'heightPx',
  'createdAt',
  'sweepAt',
] as const satisfies readonly (keyof Session)[];

/** What `vnc connect` prints once the desktop has answered; what does not apply is null. */
export interface ReadyConnection {
  readonly mode: 'viewer' | 'forward' | 'web';
  readonly sessionId: string;
  /** `ip:port` of the desktop. */
  readonly target: string;
  readonly route: 'direct' | 'ssh';
  readonly via: string | null;
  readonly address: string | null;
  readonly port: number | null;
  /** Link to the page; a secret. */
  readonly url: string | null;
  readonly viewer: { readonly id: string; readonly path: string } | null;
  /** Of the background tunnel: eight hexadecimal digits; null in the foreground. */
  readonly id: string | null;
}
