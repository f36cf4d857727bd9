import type { Finding } from '../domain/doctor/finding.js';
import { DeskError } from '../errors/desk-error.js';
import { type Messages, writeText } from '../i18n/messages.js';

/** A finding as printed by `--json`: with its message and hint in English. */
export type PrintedFinding<Found extends Finding> = Found & {
  readonly message: string;
  readonly hint: string | null;
};

/**
 * @param english - The English messages, whatever the user's language.
 * @param mask - Redacts secrets: results are not redacted on output, and users paste them into issues.
 */
export function printFinding<Found extends Finding & { readonly name: string }>(
  found: Found,
  english: Messages,
  mask: (text: string) => string,
): PrintedFinding<Found> {
  const check = maskTexts(found, mask);
  const { message, hint = null } = writeText(check, english);
  const { name, status } = check;
  // Readable fields first.
  const head = { name, status, message, hint };
  return { ...head, ...check } as PrintedFinding<Found>;
}

/** Redacts an error that is part of a result. */
export function maskError(
  { code, details, platform }: DeskError,
  mask: (text: string) => string,
): DeskError {
  const reply = platform && { platform: maskTexts(platform, mask) };
  return new DeskError(code, maskTexts(details, mask), reply);
}

function maskTexts<Value>(value: Value, mask: (text: string) => string): Value {
  const maskText = (_: string, part: unknown) => (typeof part === 'string' ? mask(part) : part);
  return JSON.parse(JSON.stringify(value), maskText);
}
