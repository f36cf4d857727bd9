import type { Token } from '../../src/model/token.js';

/** A token that says of itself what it likes; its signature is none. */
export function makeToken(claims: Readonly<Record<string, unknown>> = {}): Token {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `eyJhbGciOiJIUzI1NiJ9.${payload}.c2ln` as Token;
}
