import type { Finding } from '../domain/doctor/finding.js';
import { DeskError } from '../errors/desk-error.js';
import type { ErrorText } from '../i18n/error-text.js';
import type { Messages } from '../i18n/messages.js';

/** A finding as `--json` prints it; `message` and `hint` are always English, `code` and `details` say the same as data. */
export type PrintedFinding<Found extends Finding> = Found & {
  readonly message: string;
  readonly hint: string | null;
};

/**
 * @param english - The English catalogue, whatever the user speaks.
 * @param mask - The result is printed as it is and pasted into issues, so it holds no secret in the first place.
 */
export function printFinding<Found extends Finding & { readonly name: string }>(
  found: Found,
  english: Messages,
  mask: (text: string) => string,
): PrintedFinding<Found> {
  const check = maskTexts(found, mask);
  const { message, hint = null } = textOfFinding(check, english);
  const { name, status } = check;
  // What people read comes first.
  const head = { name, status, message, hint };
  return { ...head, ...check } as PrintedFinding<Found>;
}

/** The sentence of a finding in one language; what other commands throw has the words of the errors. */
export function textOfFinding({ code, details }: Finding, messages: Messages): ErrorText {
  const texts = { ...messages.errors, ...messages.findings };
  // Both catalogues are typed by code; the pair of code and details is right by construction of Finding.
  const write = texts[code] as (details: unknown) => ErrorText;
  return write(details);
}

/** The same for an error that is told in a result. */
export function maskError(
  { code, details, platform }: DeskError,
  mask: (text: string) => string,
): DeskError {
  const reply = platform && { platform: maskTexts(platform, mask) };
  return new DeskError(code, maskTexts(details, mask), reply);
}

/** Takes secrets out of every text in a value that is nothing but data. */
export function maskTexts<Value>(value: Value, mask: (text: string) => string): Value {
  const maskText = (_: string, part: unknown) => (typeof part === 'string' ? mask(part) : part);
  return JSON.parse(JSON.stringify(value), maskText);
}
