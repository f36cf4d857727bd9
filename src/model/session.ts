import type { Display, IpAddress, Port } from './endpoint.js';

/**
 * A VNC session, as printed by `--json`.
 *
 * Strings other than `ip` are untrusted: they may be compared and shown sanitized, but not used as arguments or paths.
 */
export interface Session {
  /** Opaque key of delete and launch URL: `gv101--test_1215--SIG--4`. */
  readonly sessionId: string;
  /** The platform's primary key; no other endpoint accepts it. */
  readonly id: string;
  /** Node and display, `gv101:4`. */
  readonly name: string;
  readonly hostname: string;
  readonly ip: IpAddress;
  readonly display: Display;
  readonly port: Port;
  readonly user: string;
  /** The platform's `jobs` field; undocumented. */
  readonly job: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** ISO 8601 with the platform's offset; empty if missing. */
  readonly createdAt: string;
  /** When the next nightly clean-up runs, ISO 8601 with the platform's offset. */
  readonly sweepAt: string;
}

/** In documented order, which is also the order of TSV columns. */
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

/** Printed by `vnc connect` once the desktop has answered; null: not applicable. */
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
  /** ID of the background tunnel, eight hexadecimal digits; null in the foreground. */
  readonly id: string | null;
}
