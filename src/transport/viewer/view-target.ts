import { joinHostPort } from '../../model/address.js';

/** The TCP address that a viewer is pointed at; an `Endpoint` and the TCP form of `ForwardAddress` both fit. */
export interface ViewTarget {
  readonly host: string;
  readonly port: number;
}

/** `host::port`, the one form that no viewer of the RealVNC family takes for a display number. */
export function doubleColon({ host, port }: ViewTarget): string {
  return host.includes(':') ? `[${host}]::${port}` : `${host}::${port}`;
}

/** `vnc://host:port` (RFC 7869). */
export function vncUrl({ host, port }: ViewTarget): string {
  return `vnc://${joinHostPort(host, port)}`;
}
