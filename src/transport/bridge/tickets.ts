import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The secrets of one bridge. Only their digests are kept, and they are compared in constant time. */
export interface Tickets {
  /** A secret for a link: 256 random bits as base64url, good once and for `LINK_LIFE_MS`. */
  issueLink(): string;
  /** The key that a link's secret is good for, which that spends; or a key that was given out, itself. */
  exchange(word: string): string | undefined;
  isKey(word: string): boolean;
}

export const LINK_LIFE_MS = 60_000;

const SECRET_BYTES = 32;

/** @param nowMs - A clock that never goes back. */
export function createTickets(nowMs: () => number): Tickets {
  const links: { readonly digest: Buffer; readonly endsAtMs: number }[] = [];
  const keys: Buffer[] = [];

  function spendLink(digest: Buffer): boolean {
    const place = links.findIndex((link) => timingSafeEqual(link.digest, digest));
    const [link] = place < 0 ? [] : links.splice(place, 1);
    return link !== undefined && nowMs() < link.endsAtMs;
  }

  function isKey(word: string): boolean {
    const digest = digestOf(word);
    return keys.some((key) => timingSafeEqual(key, digest));
  }

  return {
    issueLink() {
      const secret = makeSecret();
      links.push({ digest: digestOf(secret), endsAtMs: nowMs() + LINK_LIFE_MS });
      return secret;
    },
    exchange(word) {
      if (isKey(word)) return word;
      if (!spendLink(digestOf(word))) return undefined;
      const key = makeSecret();
      keys.push(digestOf(key));
      return key;
    },
    isKey,
  };
}

function makeSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function digestOf(word: string): Buffer {
  return createHash('sha256').update(word).digest();
}
