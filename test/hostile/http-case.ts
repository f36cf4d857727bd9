import type { ErrorCode } from '../../src/errors/codes.js';
import type { DesktopStep } from '../helpers/scripted-desktop.js';
import type { Step } from '../helpers/scripted-server.js';
import type { Operation } from './http-call.js';

export type Result = ErrorCode | 'ok';
/** The permitted results, for all three session operations or by operation. */
export type Outcome = readonly Result[] | Readonly<Partial<Record<Operation, readonly Result[]>>>;

/** Who runs the script: the platform itself, or a proxy in front of an unresolvable host. */
export type Peer = 'platform' | 'HTTP_PROXY' | 'HTTPS_PROXY' | 'ALL_PROXY';

export interface HttpCase {
  readonly title: string;
  /** Steps that follow each request, or each connection. */
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

/** The operations of a case, each with its permitted results. */
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
/** Bytes sent before a reset may be lost. */
export const lostOrCutOff: Results = ['network.unreachable', 'network.unusableAnswer'];
export const redirect: Results = ['network.redirect'];
export const tls: Results = ['network.tls'];
export const unsafe: Results = ['unsafe.value'];
export const tooMany: Results = ['platform.rateLimited'];
/** Invalid data; delete ignores it. */
export const badData: Outcome = { create: unusable, list: unusable, delete: ok };
/** Too much data; delete may check its size. */
export const unread: Outcome = { ...badData, delete: ['ok', 'network.unusableAnswer'] };
/** Missing data means an empty list. */
export const noData: Outcome = { create: unusable, list: ok, delete: ok };
