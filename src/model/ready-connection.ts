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
