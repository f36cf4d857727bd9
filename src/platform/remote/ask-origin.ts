import type { BaseUrl } from '../../model/base-url.js';
import type { ClientOptions } from './client.js';
import { requestAnswer } from './collect-response.js';
import { openConnection } from './connection.js';
import { failureOfFault } from './failure.js';
import { parseHttpDate } from './retry.js';

export type OriginAnswer = Awaited<ReturnType<typeof askOrigin>>;

/**
 * Requests an origin's root without a token, to check reachability, certificate and clock.
 *
 * @throws network.*; usage.invalidValue for an invalid proxy variable; the signal's reason when aborted.
 */
export async function askOrigin(
  baseUrl: BaseUrl,
  options: Pick<ClientOptions, 'environment' | 'userAgent' | 'now' | 'remainingMs' | 'signal'>,
) {
  const { environment, userAgent, now, remainingMs, signal } = options;
  const budgetMs = Math.max(0, Math.round(remainingMs()));
  const connection = openConnection(baseUrl, environment);
  const { origin } = connection;
  try {
    const request = { method: 'GET', path: '/', headers: { 'user-agent': userAgent } } as const;
    const answer = await requestAnswer(connection, request, budgetMs, signal);
    if (answer.kind === 'answer') {
      // Any status shows that an HTTP server answers; times are of the server's clock, if sent, and of the local one.
      return { status: answer.status, date: parseHttpDate(answer.date), receivedAt: now() };
    }
    throw failureOfFault(answer, { origin, page: '/', localTime: now(), budgetMs });
  } finally {
    await connection.close();
  }
}
