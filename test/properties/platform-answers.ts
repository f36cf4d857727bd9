import type { HttpAnswer } from '../../src/platform/remote/collect-response.js';
import type { FailureContext } from '../../src/platform/remote/failure.js';

export const FAILURE_CONTEXT: FailureContext = {
  origin: 'https://api.example.cn',
  page: 'vnc-list',
  tokenExpiresAt: undefined,
  now: new Date(0),
  localTime: new Date(0),
  budgetMs: 60_000,
};

export function answerOf(body: Buffer, more: Partial<HttpAnswer> = {}): HttpAnswer {
  const head = { contentType: 'application/json', location: '', retryAfter: '', date: '' };
  return { kind: 'answer', status: 200, ...head, body, ...more };
}
