import { DeskError } from '../../errors/desk-error.js';
import { FAULTS, type HttpAnswer, type HttpFault, STEP_TIMEOUTS } from './collect-response.js';
import type { Envelope, Meaning, Meanings } from './endpoint.js';

/** Input for error messages. */
export interface FailureContext {
  readonly origin: string;
  /** Page name in the platform's documentation. */
  readonly page: string;
  /** Expiry claim of the token. */
  readonly tokenExpiresAt: Date | undefined;
  readonly now: Date;
  /** Local clock, by which certificates are checked. */
  readonly localTime: Date;
  /** Time limit of all attempts together, in milliseconds. */
  readonly budgetMs: number;
  readonly retryAfterMs?: number | undefined;
  /** The endpoint's own meanings, which override the common ones. */
  readonly meanings?: Meanings | undefined;
}

const MAX_MSG_CHARS = 500;
const MAX_CODE_CHARS = 40;

/** Codes on the desktop pages of the documentation, except `10008`; any other code is platform.refused. */
const MEANINGS: Meanings = {
  '401': 'auth.expired',
  '10001': 'platform.fault',
  '10003': 'platform.refused',
  '10004': 'platform.refused',
  '10009': 'platform.refused',
  '10010': 'platform.refused',
  '10011': 'platform.rateLimited',
  '10012': 'platform.refused',
  '815008': 'platform.fault',
  '815010': 'platform.refused',
  '815201': 'platform.busy',
};

const FAULT_PROBLEMS: Readonly<Record<string, string>> = {
  [FAULTS.tooLarge]: 'body > 8 MiB',
  [FAULTS.tooManyBytes]: 'answer > 16 MiB',
  [FAULTS.encoded]: 'content-encoding',
  [FAULTS.tooManyInterim]: 'HTTP 1xx > 10',
  [FAULTS.cutOff]: 'truncated',
  // undici 7.30 gives parser errors no code.
  HTTPParserError: 'HTTP',
  UND_ERR_HEADERS_OVERFLOW: 'headers > 16 KiB',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'content-length',
};

/** Local limits rather than network failures; the WebAssembly HTTP parser reserves gigabytes of address space. */
const LIMITS: Readonly<Record<string, 'addressSpace' | 'openFiles'>> = {
  RangeError: 'addressSpace',
  ENOMEM: 'addressSpace',
  EMFILE: 'openFiles',
  ENFILE: 'openFiles',
};

const TLS_CODE =
  /^(ERR_(TLS|SSL)|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_|EPROTO$|UND_ERR_PRX_TLS)/;

/** Error for a missing or unusable response. */
export function failureOfFault(
  { code, cause }: HttpFault,
  {
    origin,
    page,
    localTime,
    budgetMs,
  }: Pick<FailureContext, 'origin' | 'page' | 'localTime' | 'budgetMs'>,
): DeskError {
  const timeoutMs = code === FAULTS.deadline ? budgetMs : STEP_TIMEOUTS[code];
  if (timeoutMs !== undefined) {
    return new DeskError('network.timeout', { origin, timeoutMs }, { cause });
  }
  const problem = FAULT_PROBLEMS[code];
  if (problem !== undefined) {
    return new DeskError('network.unusableAnswer', { endpoint: page, problem }, { cause });
  }
  const limit = LIMITS[code];
  if (limit !== undefined) return new DeskError('system.limit', { limit, reason: code }, { cause });
  const details = { origin, reason: code };
  if (!TLS_CODE.test(code)) return new DeskError('network.unreachable', details, { cause });
  const clock = /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(code) && localTime.toISOString();
  return new DeskError('network.tls', { ...details, ...(clock && { clock }) }, { cause });
}

/**
 * Returns the error of a response; undefined for success.
 *
 * The envelope counts first, because business errors also come with HTTP 200. A 5xx without envelope is from a gateway
 * before the platform, hence network.unusableAnswer rather than platform.fault.
 */
export function failureOfAnswer(
  { status, location, contentType }: HttpAnswer,
  envelope: Envelope | undefined,
  context: FailureContext,
): DeskError | undefined {
  if (status >= 300 && status < 400) {
    const { origin } = context;
    return new DeskError('network.redirect', {
      origin,
      status,
      target: targetOf(location, origin),
    });
  }
  const ofStatus = lookUp(String(status), context);
  if (ofStatus !== undefined) return failureAs(ofStatus, envelope, context);
  if (envelope !== undefined && envelope.code !== '0') {
    const meaning = meaningOf(envelope, status, context) ?? 'platform.refused';
    return failureAs(meaning, envelope, context);
  }
  if (status >= 200 && status < 300) return undefined;
  const meaning = meaningOfStatus(status, context);
  if (meaning !== undefined) return failureAs(meaning, undefined, context);
  return unusableAnswer(context.page, describeStatus(status, contentType));
}

/** Response of an unexpected form; `problem` is a field name or a technical term, never a value. */
export function unusableAnswer(page: string, problem: string): DeskError {
  return new DeskError('network.unusableAnswer', { endpoint: page, problem });
}

/** `HTTP 502, text/html`: includes the content type only if well-formed. */
export function describeStatus(status: number, contentType: string): string {
  const type = /^[\w.+-]{1,40}\/[\w.+-]{1,40}/.exec(contentType)?.[0];
  return type === undefined ? `HTTP ${status}` : `HTTP ${status}, ${type}`;
}

function lookUp(key: string, { meanings }: FailureContext): Meaning | undefined {
  const all = { ...MEANINGS, ...meanings };
  return Object.hasOwn(all, key) ? all[key] : undefined;
}

function failureAs(
  meaning: Meaning,
  envelope: Envelope | undefined,
  context: FailureContext,
): DeskError {
  const { origin, tokenExpiresAt, retryAfterMs } = context;
  const code = envelope?.code.slice(0, MAX_CODE_CHARS) ?? '';
  const msg = (envelope?.msg || envelope?.message || '').slice(0, MAX_MSG_CHARS);
  const options = envelope && { platform: { code, msg } };
  switch (meaning) {
    case 'auth.expired': {
      const expiredAt = isExpired(context) ? tokenExpiresAt?.toISOString() : undefined;
      return new DeskError(meaning, { expiredAt }, options);
    }
    case 'platform.rateLimited': {
      const seconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
      return new DeskError(meaning, { retryAfterSeconds: seconds }, options);
    }
    case 'platform.forbidden':
      return new DeskError(meaning, { origin }, options);
    case 'auth.rejected':
    case 'platform.busy':
      return new DeskError(meaning, {}, options);
    default:
      // Anything else is untrusted text.
      return new DeskError(meaning, { platformCode: /^[\w.-]*$/.test(code) ? code : '?' }, options);
  }
}

function meaningOf(
  { code, msg, message }: Envelope,
  status: number,
  context: FailureContext,
): Meaning | undefined {
  const ofCode = lookUp(code, context);
  if (ofCode !== undefined) return ofCode;
  // 10008 is both a missing permission and an expired token; the token's expiry tells which.
  if (code === '10008' && isExpired(context)) return 'auth.expired';
  // Other gateways of the platform reject a token this way.
  if (code === '1001' && /\btoken\b/i.test(msg + message)) return 'auth.expired';
  const ofStatus = meaningOfStatus(code === '403' ? 403 : status, context);
  return ofStatus ?? (status >= 500 ? 'platform.fault' : undefined);
}

/** Like 10008, 403 has both meanings. */
function meaningOfStatus(status: number, context: FailureContext): Meaning | undefined {
  if (status === 403) return isExpired(context) ? 'auth.expired' : 'platform.forbidden';
  return status === 429 ? 'platform.rateLimited' : undefined;
}

function isExpired({ tokenExpiresAt, now }: FailureContext): boolean {
  return tokenExpiresAt !== undefined && tokenExpiresAt <= now;
}

/** Origin only: the path and query of a location may be secret. */
function targetOf(location: string, origin: string): string {
  if (location === '' || !URL.canParse(location, origin)) return '';
  const url = new URL(location, origin);
  return url.origin === 'null' ? url.protocol : url.origin;
}
