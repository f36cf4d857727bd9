import { type ErrorCode, type ErrorDetails, EXIT_CODES, FAMILIES, type Family } from './codes.js';

/** What the platform itself said, kept to be shown beside our own sentence. */
export interface PlatformReply {
  readonly code: string;
  readonly msg: string;
}

export interface DeskErrorOptions {
  readonly cause?: unknown;
  readonly platform?: PlatformReply;
}

/** The one error that the program throws on purpose: a stable code and the facts behind it, never a sentence. */
export class DeskError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'DeskError';
  readonly code: Code;
  readonly details: ErrorDetails[Code];
  readonly platform: PlatformReply | undefined;

  constructor(code: Code, details: ErrorDetails[Code], options: DeskErrorOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
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

/** Tells whether an error is ours; with a code, narrows its details to that code's. */
export function isDeskError(error: unknown): error is DeskError;
export function isDeskError<Code extends ErrorCode>(
  error: unknown,
  code: Code,
): error is DeskError<Code>;
export function isDeskError(error: unknown, code?: ErrorCode): boolean {
  return error instanceof DeskError && (code === undefined || error.code === code);
}

const FINAL_CODES: readonly ErrorCode[] = [
  ...(['ssh.hostKey', 'ssh.authFailed', 'ssh.missing'] as const),
  ...(['rfb.notRfb', 'rfb.lockedOut'] as const),
];

/** Whether another try would only meet the failure again, or make it worse: servers lock out who asks too often. */
export function isFinalFailure(error: unknown): error is DeskError {
  return isDeskError(error) && FINAL_CODES.includes(error.code);
}
