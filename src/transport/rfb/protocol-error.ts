/**
 * The server broke the protocol or a limit of ours. Known only inside this folder and to whoever opens a desktop, who
 * turns it into an error of the program that names the server.
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}
