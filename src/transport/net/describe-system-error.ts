import { getSystemErrorMap } from 'node:util';

/** The system's error message, such as `connection refused` (strerror(3)). */
export function describeSystemError(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return getSystemErrorMap().get(errno ?? 0)?.[1] ?? message;
}
