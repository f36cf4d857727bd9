import type { BaseUrl } from '../../model/base-url.js';
import { collectResponse, STEP_LIMITS } from './collect-response.js';
import { openConnection } from './connection.js';
import { failureOfFault } from './failure.js';
import { parseHttpDate } from './retry.js';

export interface OriginAnswer {
  /** Any status will do: what counts is that something speaks HTTP there. */
  readonly status: number;
  /** The server's clock, if it told. */
  readonly date: Date | undefined;
  /** Our clock when the answer came. */
  readonly receivedAt: Date;
}

export interface AskOptions {
  readonly baseUrl: BaseUrl;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userAgent: string;
  readonly now: () => Date;
  /** What is left of the one limit that everything shares, in milliseconds. */
  readonly remainingMs: () => number;
  readonly signal: AbortSignal;
}

/**
 * Asks for the root of an origin, without a token: that tells whether it can be reached, whether its certificate is
 * trusted, and what its clock shows.
 *
 * @throws network.*; usage.invalidValue when a proxy variable cannot be understood; the signal's reason when aborted.
 */
export async function askOrigin(options: AskOptions): Promise<OriginAnswer> {
  const { baseUrl, environment, userAgent, now, remainingMs, signal } = options;
  signal.throwIfAborted();
  const budgetMs = Math.max(0, Math.round(remainingMs()));
  const connection = openConnection(baseUrl, environment);
  const { origin } = connection;
  try {
    const { handler, outcome } = collectResponse(connection, budgetMs, signal);
    const headers = { 'user-agent': userAgent, 'accept-encoding': 'identity' };
    connection
      .dispatcher()
      .dispatch({ origin, method: 'GET', path: '/', headers, ...STEP_LIMITS }, handler);
    const answer = await outcome;
    if (answer.kind === 'answer') {
      return { status: answer.status, date: parseHttpDate(answer.date), receivedAt: now() };
    }
    const time = { now: now(), localTime: now(), tokenExpiresAt: undefined };
    throw failureOfFault(answer, { origin, page: '/', ...time, budgetMs });
  } finally {
    await connection.close();
  }
}
