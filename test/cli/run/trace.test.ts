import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ProcessContext } from '../../../src/cli/run/process-context.js';
import { createTrace } from '../../../src/cli/run/trace.js';

it('the log of a failed run escapes control characters and redacts secrets', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-trace-'));
  const processContext = {
    environment: { HPC_DESK_CONFIG_DIR: folder },
    platform: process.platform,
    home: folder,
    version: '0',
    now: () => new Date(0),
  } as unknown as ProcessContext;
  const redact = (text: string) => text.replace('secret', '[redacted]');
  const trace = createTrace(processContext, redact, undefined);
  const path = await trace.keep('Error: \x1b]0;title\x07 secret\n    at \u202eline');
  expect(readFileSync(path ?? '', 'utf8')).toBe(
    '1970-01-01T00:00:00.000Z hpc-desk 0 '.concat(
      process.platform,
      '\nError: \\x1b]0;title\\x07 [redacted]\n    at \\u202eline\n',
    ),
  );
  rmSync(folder, { recursive: true });
});
