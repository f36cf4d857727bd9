import { createHmac } from 'node:crypto';
import { DeskError } from '../../errors/desk-error.js';
import type { AccessKeyCredentials, PasswordCredentials } from '../accounts.js';
import type { Credentials } from './send-request.js';

/**
 * The headers of a log-in by access key, signed for one moment (API page `get-user-tokens-aksk`).
 *
 * @throws usage.invalidValue for what cannot be a header; the value is not repeated.
 */
export function toAccessKeyHeaders(
  { user, accessKey, secretKey }: AccessKeyCredentials,
  at: Date,
): Credentials {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  // The page defines the keys and their order, but nothing beyond ASCII. The text itself is signed, in UTF-8: what a
  // server gets that writes the same JSON in the common way. Public clients differ; some sign \uXXXX escapes.
  const message = JSON.stringify({ accessKey, timestamp, user });
  const signature = createHmac('sha256', secretKey).update(message).digest('hex');
  return {
    user: encodeUser(user),
    accessKey: checkValue('accessKey', accessKey),
    signature,
    timestamp,
  };
}

/**
 * The headers of a log-in by password (API page `get-user-tokens`).
 *
 * @throws usage.invalidValue for what cannot be a header; the value is not repeated.
 */
export function toPasswordHeaders({ user, password, orgId }: PasswordCredentials): Credentials {
  return {
    user: encodeUser(user),
    password: checkValue('password', password),
    orgId: checkValue('orgId', orgId),
  };
}

/** A header is bytes (RFC 9110 §5.5), and a name beyond ASCII goes as its UTF-8: the same bytes that are signed. */
function encodeUser(user: string): string {
  const isText = !/[\x00-\x1f\x7f-\x9f]/.test(user) && user.isWellFormed();
  return isText && isTrimmed(user)
    ? Buffer.from(user).toString('latin1')
    : refuse('user', 'UTF-8, [^\\r\\n\\0]');
}

/** Secrets go as they are, one byte for each character. */
function checkValue(name: string, value: string): string {
  return /^[\x20-\x7e\xa0-\xff]+$/.test(value) && isTrimmed(value)
    ? value
    : refuse(name, 'ISO 8859-1, [^\\r\\n\\0]');
}

/** Blanks at the ends are not part of a header's value: the server would see another one. */
function isTrimmed(value: string): boolean {
  return value !== '' && value === value.trim();
}

function refuse(name: string, expected: string): never {
  throw new DeskError('usage.invalidValue', { name, value: '…', expected });
}
