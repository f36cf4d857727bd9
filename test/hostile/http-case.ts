import type { ErrorCode } from '../../src/errors/codes.js';
import type { DesktopStep } from '../helpers/scripted-desktop.js';
import type { Step } from '../helpers/scripted-server.js';
import type { Operation } from './http-call.js';

export type Result = ErrorCode | 'ok';
/** The same for the three operations on sessions, or one for each operation that is asked. */
export type Outcome = readonly Result[] | Readonly<Partial<Record<Operation, readonly Result[]>>>;

/** Who follows the script: the platform itself, or the proxy on the way to one that no resolver knows. */
export type Peer = 'platform' | 'HTTP_PROXY' | 'HTTPS_PROXY' | 'ALL_PROXY';

export interface HttpCase {
  readonly title: string;
  /** What follows each request, or each connection. */
  readonly script:
    | { readonly onRequest: readonly Step[] }
    | { readonly onConnection: readonly DesktopStep[] };
  readonly outcome: Outcome;
  readonly peer: Peer;
}

export const row = (
  title: string,
  onRequest: readonly Step[],
  outcome: Outcome,
  peer: Peer = 'platform',
): HttpCase => ({ title, script: { onRequest }, outcome, peer });

export const onConnection = (
  title: string,
  steps: readonly DesktopStep[],
  outcome: Outcome,
  peer: Peer = 'platform',
): HttpCase => ({ title, script: { onConnection: steps }, outcome, peer });

export const SESSION_OPERATIONS = ['create', 'list', 'delete'] as const;

/** What a case asks, and what may come of it. */
export function resultsOf({
  outcome,
}: Pick<HttpCase, 'outcome'>): [Operation, readonly Result[]][] {
  return isForAll(outcome)
    ? SESSION_OPERATIONS.map((operation) => [operation, outcome])
    : (Object.entries(outcome) as [Operation, readonly Result[]][]);
}

function isForAll(outcome: Outcome): outcome is readonly Result[] {
  return Array.isArray(outcome);
}

export type Results = readonly Result[];

export const ok: Results = ['ok'];
export const late: Results = ['network.timeout'];
export const unusable: Results = ['network.unusableAnswer'];
export const lost: Results = ['network.unreachable'];
/** What was sent before a reset may or may not be seen. */
export const lostOrCutOff: Results = ['network.unreachable', 'network.unusableAnswer'];
export const redirect: Results = ['network.redirect'];
export const tls: Results = ['network.tls'];
export const unsafe: Results = ['unsafe.value'];
export const tooMany: Results = ['platform.rateLimited'];
/** Bad data: a delete has none and does not look. */
export const badData: Outcome = { create: unusable, list: unusable, delete: ok };
/** Much data: a delete may look how much it is. */
export const unread: Outcome = { ...badData, delete: ['ok', 'network.unusableAnswer'] };
/** No data is an empty list. */
export const noData: Outcome = { create: unusable, list: ok, delete: ok };
