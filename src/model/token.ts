import type { Brand } from './brand.js';

/** A platform token: printable ASCII without blanks, at most 8 KiB. */
export type Token = Brand<string, 'Token'>;

const MAX_TOKEN_BYTES = 8 * 1024;

type Problem = 'empty' | 'blank' | 'lineBreak' | 'nonAscii' | 'tooLong';

/** Why a text cannot be sent as a header value. */
export function findTokenProblem(text: string): Problem | undefined {
  if (text === '') return 'empty';
  if (text.length > MAX_TOKEN_BYTES) return 'tooLong';
  if (/[\r\n]/.test(text)) return 'lineBreak';
  if (/[ \t]/.test(text)) return 'blank';
  return /^[!-~]+$/.test(text) ? undefined : 'nonAscii';
}

export function parseToken(text: unknown): Token | undefined {
  const isToken = typeof text === 'string' && findTokenProblem(text) === undefined;
  return isToken ? (text as Token) : undefined;
}

/**
 * Reads the payload of a JWT (RFC 7519 §3) with the platform's claim names; invalid claims are undefined. For display only:
 * the signature is not verified.
 */
export function readTokenClaims(token: Token) {
  const payload = decodePayload(token.split('.')[1] ?? '');
  return {
    user: shortText(payload.user),
    clusterUser: shortText(payload.computeUser),
    clusterId: shortText(payload.clusterId),
    accountStatus: shortText(payload.accountStatus),
    expiresAt: parseEpochMs(payload.expireTime),
  };
}

function decodePayload(segment: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(segment, 'base64url').toString()) ?? {};
  } catch {
    // Not a JWT; the token may still be valid.
    return {};
  }
}

function shortText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 256 ? value : undefined;
}

/** `expireTime`: milliseconds since the epoch, as a decimal string or a number. */
function parseEpochMs(value: unknown): Date | undefined {
  const isNumber =
    typeof value === 'number' || (typeof value === 'string' && /^\d{1,15}$/.test(value));
  const date = isNumber ? new Date(Number(value)) : undefined;
  return date !== undefined && Number.isFinite(date.getTime()) ? date : undefined;
}
