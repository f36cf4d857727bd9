import { originOf } from '../../model/base-url.js';
import { failureOfFault } from './failure.js';
import { type HttpOptions, openHttp } from './http.js';
import { parseHttpDate } from './retry.js';

export interface OriginAnswer {
  /** Any status will do: what counts is that something speaks HTTP there. */
  readonly status: number;
  /** The server's clock, if it told. */
  readonly date: Date | undefined;
  /** Our clock when the answer came. */
  readonly receivedAt: Date;
}

export interface AskOptions extends HttpOptions {
  readonly userAgent: string;
  readonly now: () => Date;
}

/**
 * Asks for the root of an origin, without a token: that tells whether it can be reached, whether its certificate is
 * trusted, and what its clock shows.
 *
 * @throws network.*; usage.invalidValue when a proxy variable cannot be understood; the signal's reason when aborted.
 */
export async function askOrigin(options: AskOptions): Promise<OriginAnswer> {
  const { baseUrl, userAgent, now, remainingMs } = options;
  const budgetMs = Math.round(remainingMs());
  const http = openHttp(options);
  try {
    const headers = { 'user-agent': userAgent };
    const answer = await http.send({ method: 'GET', path: '/', headers });
    if (answer.kind === 'answer') {
      return { status: answer.status, date: parseHttpDate(answer.date), receivedAt: now() };
    }
    throw failureOfFault(answer, {
      origin: originOf(baseUrl),
      page: '/',
      tokenExpiresAt: undefined,
      now: now(),
      budgetMs,
    });
  } finally {
    await http.close();
  }
}
