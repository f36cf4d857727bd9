import { isDeskError } from '../../src/errors/desk-error.js';
import { toSession } from '../../src/platform/remote/create-platform.js';
import { decodeResponse } from '../../src/platform/remote/decode-response.js';
import type { WireSession } from '../../src/platform/remote/desktop-endpoints.js';
import { DESKTOP_ENDPOINTS } from '../../src/platform/remote/desktop-endpoints.js';
import { answerOf, FAILURE_CONTEXT } from './platform-answers.js';

const MAPPING = { timeZone: 'UTC', sweepAt: '', mayBeLoopback: false };

/**
 * The port to connect to for a session with this sid in the platform's response; undefined if the session is rejected.
 * Throws on any other error.
 *
 * @param json - The sid as JSON text.
 */
export function portFromPlatform(json: string): number | undefined {
  const body = `{"code":"0","data":{"sessionId":"s","ip":"10.1.2.3","sid":${json}}}`;
  const received = decodeResponse(
    answerOf(Buffer.from(body)),
    DESKTOP_ENDPOINTS.createSession,
    FAILURE_CONTEXT,
  );
  if (!received.isSuccess) {
    if (received.error.code !== 'network.unusableAnswer') throw received.error;
    return undefined;
  }
  try {
    return toSession(received.data as WireSession, MAPPING).port;
  } catch (error) {
    if (isDeskError(error, 'unsafe.value')) return undefined;
    throw error;
  }
}
