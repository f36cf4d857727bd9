/** The server violated the protocol or a limit. Internal: converted to rfb.broken, with the target, outside this folder. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}
