/** Text that looks like a JWT: three base64url parts, the first two of them JSON objects. */
const JWT = /\beyJ[A-Za-z0-9_-]{4,}\.eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*/g;
const MIN_SECRET_LENGTH = 4;
const MASK = '[redacted]';

/** Knows the secrets of this run by value and removes them from every text that is not the result itself. */
export interface Redactor {
  /** Adds a secret; its percent-encoded, base64 and JSON forms are recognised too. */
  keep(secret: string): void;
  redact(text: string): string;
}

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    keep(secret) {
      // A shorter one would blank out ordinary words.
      if (secret.length < MIN_SECRET_LENGTH) return;
      secrets.add(secret);
      secrets.add(encodeURIComponent(secret.toWellFormed()));
      secrets.add(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
      secrets.add(Buffer.from(secret).toString('base64url'));
      secrets.add(JSON.stringify(secret).slice(1, -1));
    },
    redact(text) {
      // Longest first, so that a secret that contains another one leaves no rest.
      const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
      return longestFirst
        .reduce((masked, secret) => masked.replaceAll(secret, MASK), text)
        .replace(JWT, MASK);
    },
  };
}
