import { DeskError } from '../../errors/desk-error.js';
import { formatEndpoint } from '../../model/endpoint.js';
import { proveDesktop } from '../forward/prove-desktop.js';
import { closeStream } from '../net/dial.js';
import { withDeadline } from '../net/with-deadline.js';
import type { Environment } from '../process/child-environment.js';
import { HANDSHAKE_TIMEOUT_MS } from '../rfb/budget.js';
import { createByteReader } from '../rfb/byte-reader.js';
import { captureFrame } from '../rfb/capture.js';
import { shakeHands } from '../rfb/handshake.js';
import { ProtocolError } from '../rfb/protocol-error.js';
import type { DesktopOptions } from '../transport.js';

export type OpenDesktop = Awaited<ReturnType<typeof openDesktop>>;

export async function openDesktop(options: DesktopOptions, environment: Environment) {
  const { route, timeoutMs, signal, password, report = () => {} } = options;
  const target = formatEndpoint(route.target);
  const { connection: stream } = await proveDesktop({ ...options, environment }, signal, () => {
    // Over ssh, a dialled connection says nothing about the desktop before its greeting.
    if (route.kind === 'direct') report('reached');
  });
  report('greeted');

  const reader = createByteReader(stream, target);

  /** Runs work with a time limit that destroys the stream, because a read cannot be cancelled otherwise. */
  function limited<Result>(limitMs: number, work: () => Promise<Result>): Promise<Result> {
    const onTimeout = () => new DeskError('rfb.timeout', { target, timeoutMs: limitMs });
    return withDeadline({ timeoutMs: limitMs, signal, onTimeout }, async (limit) => {
      limit.addEventListener('abort', () => stream.destroy());
      try {
        return await work();
      } catch (error) {
        limit.throwIfAborted();
        if (!(error instanceof ProtocolError)) throw error;
        throw new DeskError('rfb.broken', { target, problem: error.message });
      }
    });
  }

  const close = () => closeStream(stream);
  try {
    const onSecured = () => report('secured');
    const greeted = await limited(Math.min(timeoutMs, HANDSHAKE_TIMEOUT_MS), () =>
      shakeHands({ stream, reader, target, password, onSecured }),
    );
    const { widthPx, heightPx } = greeted;
    return {
      ...greeted,
      /** Captures the whole framebuffer; may be called once. @throws tunnel.lost, rfb.timeout, rfb.notRfb */
      captureFrame: (limitMs: number) =>
        limited(limitMs, () => captureFrame({ stream, reader, widthPx, heightPx })),
      /** Closes the connection; safe to call twice. */
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
