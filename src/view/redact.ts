import { escapeJson, visible } from './sanitize.js';

/** Text that looks like a JWT: three base64url parts, the first two of them JSON objects. */
const JWT = /\beyJ[A-Za-z0-9_-]{4,}\.eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*/g;
const MIN_SECRET_LENGTH = 4;
/** A shorter piece of base64 could be a part of anything. */
const MIN_BASE64_LENGTH = 8;
/** A secret that was cut off is known by this many characters, or by half of them all where that is more. */
const MIN_HEAD_LENGTH = 12;
const MASK = '[redacted]';

/** Knows the secrets of this run by value and removes them from every text that is not the result itself. */
export interface Redactor {
  /** Adds a secret; its forms in URLs, base64, JSON and HTML, and behind the output gate, are recognised too. */
  keep(secret: string): void;
  redact(text: string): string;
}

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    keep(secret) {
      // A shorter one would blank out ordinary words.
      if (secret.length < MIN_SECRET_LENGTH) return;
      for (const form of [secret, ...textForms(secret), ...base64Forms(Buffer.from(secret))]) {
        secrets.add(form);
      }
    },
    redact(text) {
      // Longest first, so that a secret that contains another one leaves no rest.
      const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
      // Whole ones first: forms of one secret begin alike.
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
    // As forms are encoded, and by Java's URLEncoder.
    new URLSearchParams([['', secret]]).toString().slice(1),
  ];
  const lowerHex = inUrl.map((text) => text.replace(/%../g, (code) => code.toLowerCase()));
  const inHtml = secret.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
  return [shown, ...inJson, ...inJson.map(escapeJson), ...inUrl, ...lowerHex, inHtml];
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

/** A secret alone, and within something longer, where it begins at any of the three places within four characters. */
function base64Forms(bytes: Buffer): string[] {
  const within = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    // What the bytes before and behind have a share in is left out.
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
 * Masks a secret wherever it begins with `head`, also where a text ends or was cut in the middle of it. Behind a backslash its first character stays: it
 * may be that of an escape, and JSON has to stay JSON.
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
