import type { Token } from '../../src/model/token.js';

/** A JWT with the given claims and an invalid signature. */
export function makeToken(claims: Readonly<Record<string, unknown>> = {}): Token {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `eyJhbGciOiJIUzI1NiJ9.${payload}.c2ln` as Token;
}
