import { escapeJson, visible } from '../model/sanitize.js';

/** A JWT: three base64url parts, the first two of them JSON objects. */
const JWT = /\beyJ[A-Za-z0-9_-]{4,}\.eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*/g;
const MIN_SECRET_LENGTH = 4;
/** Shorter base64 fragments match by accident. */
const MIN_BASE64_LENGTH = 8;
/** A truncated secret is recognised by this many characters, or half of it if that is more. */
const MIN_HEAD_LENGTH = 12;
const MASK = '[redacted]';

export type Redactor = ReturnType<typeof createRedactor>;

/** Removes the secrets of this run from diagnostics. */
export function createRedactor() {
  const secrets = new Set<string>();
  return {
    /** Adds a secret; also matches its URL, base64, JSON, HTML and sanitized forms. */
    keep(secret: string) {
      // A shorter one would mask ordinary words.
      if (secret.length < MIN_SECRET_LENGTH) return;
      for (const form of [secret, ...textForms(secret), ...base64Forms(Buffer.from(secret))]) {
        secrets.add(form);
      }
    },
    redact(text: string) {
      // Longest first, for secrets that contain another one.
      const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
      // Complete forms before truncated ones, because forms of a secret share prefixes.
      const whole = longestFirst.reduce((masked, form) => mask(masked, form, form), text);
      return longestFirst
        .reduce((masked, form) => mask(masked, form, headOf(form)), whole)
        .replace(JWT, MASK);
    },
  };
}

function textForms(secret: string): string[] {
  const shown = visible(secret);
  const inJson = [secret, shown].map((text) => JSON.stringify(text).slice(1, -1));
  const inUrl = [
    encodeURIComponent(secret.toWellFormed()),
    // application/x-www-form-urlencoded, also Java's URLEncoder.
    new URLSearchParams([['', secret]]).toString().slice(1),
  ];
  const lowerHex = inUrl.map((text) => text.replace(/%../g, (code) => code.toLowerCase()));
  const inHtml = secret.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
  return [shown, ...inJson, ...inJson.map(escapeJson), ...inUrl, ...lowerHex, inHtml];
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

/** The secret alone, and inside longer data at each of the three alignments. */
function base64Forms(bytes: Buffer): string[] {
  const within = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    // Without the characters that also encode neighbouring bytes.
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const forms = [
    bytes.toString('base64url'),
    ...within.filter(({ length }) => length >= MIN_BASE64_LENGTH),
  ];
  return forms.flatMap((form) => [form, form.replaceAll('-', '+').replaceAll('_', '/')]);
}

function headOf(secret: string): string {
  return secret.slice(0, Math.max(MIN_HEAD_LENGTH, Math.ceil(secret.length / 2)));
}

/**
 * Masks a secret wherever `head` occurs, including truncated occurrences. After a backslash the first character is kept: it
 * may belong to an escape, and JSON must stay valid.
 */
function mask(text: string, secret: string, head: string): string {
  let masked = '';
  let from = 0;
  for (let at = text.indexOf(head); at >= 0; at = text.indexOf(head, from)) {
    const isEscaped = text[at - 1] === '\\' && /[bfnrt]/.test(secret[0] ?? '');
    masked += text.slice(from, isEscaped ? at + 1 : at) + MASK;
    from = at + head.length;
    while (from < text.length && text[from] === secret[from - at]) from += 1;
  }
  return masked + text.slice(from);
}
