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

/** How long after its expiry a token can be renewed. */
const RENEWAL_WINDOW_MS = 24 * 3_600_000;

/** Issues JWTs signed with HS256 (RFC 7519, RFC 7515 §3.1), like the platform without `exp`. */
export function createTokenIssuer(key: Buffer, lifeMs: number, now: () => Date) {
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');

  const issue = (claims: Omit<Claims, 'expireTime'>) => {
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
    /** The claims of a valid token. */
    check: (token: string) => read(token, 0),
    /** A new token with the same claims; undefined when the old one is invalid or cannot be renewed any more. */
    renew(token: string) {
      const claims = read(token, RENEWAL_WINDOW_MS);
      return claims && issue(claims);
    },
  };
}

export type TokenIssuer = ReturnType<typeof createTokenIssuer>;

/** Compares in constant time. */
export function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
