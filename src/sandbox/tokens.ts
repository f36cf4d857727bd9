import { createHmac, timingSafeEqual } from 'node:crypto';

/** The claims of a platform token (JWT samples of its documentation); all strings. */
export interface Claims {
  /** Cluster user; `root` in the platform's own token. */
  readonly computeUser: string;
  readonly user: string;
  readonly userId: string;
  readonly accountStatus: string;
  readonly role: string;
  readonly creator: string;
  readonly clusterId: string;
  /** Milliseconds since the epoch. */
  readonly expireTime: string;
}

export interface TokenOptions {
  readonly now: () => Date;
  /** Signing key. */
  readonly key: Buffer;
  readonly lifeMs: number;
  /** How long after expiry a token can be renewed, in milliseconds. */
  readonly renewalWindowMs: number;
}

export interface TokenIssuer {
  issue(claims: Omit<Claims, 'expireTime'>): string;
  /** The claims of a valid token. */
  check(token: string): Claims | undefined;
  /** A new token with the same claims; undefined when the old one is invalid or cannot be renewed any more. */
  renew(token: string): string | undefined;
}

/** Issues JWTs signed with HS256 (RFC 7519, RFC 7515 §3.1), like the platform without `exp`. */
export function createTokenIssuer({
  now,
  key,
  lifeMs,
  renewalWindowMs,
}: TokenOptions): TokenIssuer {
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');

  const issue: TokenIssuer['issue'] = (claims) => {
    const expireTime = String(now().getTime() + lifeMs);
    const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, expireTime })}`;
    return `${text}.${sign(text)}`;
  };
  const read = (token: string, graceMs: number): Claims | undefined => {
    const end = token.lastIndexOf('.');
    if (end < 0 || !isSame(token.slice(end + 1), sign(token.slice(0, end)))) return undefined;
    const payload = token.slice(token.indexOf('.') + 1, end);
    const claims: Claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return now().getTime() < Number(claims.expireTime) + graceMs ? claims : undefined;
  };

  return {
    issue,
    check: (token) => read(token, 0),
    renew(token) {
      const claims = read(token, renewalWindowMs);
      return claims === undefined ? undefined : issue(claims);
    },
  };
}

/** Compares in constant time. */
export function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
