import { type ErrorCode, type ErrorDetails, EXIT_CODES, FAMILIES, type Family } from './codes.js';

/** The platform's own error, shown beside our message. */
export interface PlatformReply {
  readonly code: string;
  readonly msg: string;
}

export interface DeskErrorOptions extends ErrorOptions {
  readonly platform?: PlatformReply | undefined;
}

/** The error of all expected failures: a stable code and its details, without text. */
export class DeskError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'DeskError';
  readonly code: Code;
  readonly details: ErrorDetails[Code];
  readonly platform: PlatformReply | undefined;

  constructor(code: Code, details: ErrorDetails[Code], options: DeskErrorOptions = {}) {
    super(code, options);
    this.code = code;
    this.details = details;
    this.platform = options.platform;
  }

  get family(): Family {
    return FAMILIES[this.code];
  }

  get exitCode(): number {
    return EXIT_CODES[this.family];
  }
}

/** Whether an error is a DeskError; with a code, also narrows its details. */
export function isDeskError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is DeskError<Code> {
  return error instanceof DeskError && (code === undefined || error.code === code);
}

const FINAL_CODES: readonly ErrorCode[] = [
  'ssh.hostKey',
  'ssh.authFailed',
  'ssh.missing',
  'rfb.notRfb',
  'rfb.lockedOut',
];

/** Whether a retry is pointless or harmful: servers lock out clients after too many attempts. */
export function isFinalFailure(error: unknown): error is DeskError {
  return isDeskError(error) && FINAL_CODES.includes(error.code);
}
