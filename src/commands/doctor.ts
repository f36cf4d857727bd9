import type { Diagnostics } from '../domain/doctor/diagnostics.js';
import { gatherFacts } from '../domain/doctor/gather-facts.js';
import { type CheckedFinding, judgeFacts } from '../domain/doctor/judge-facts.js';
import { EXIT_CODES } from '../errors/codes.js';
import { loadMessages } from '../i18n/locale.js';
import { originOf } from '../model/base-url.js';
import { parseDurationMs } from '../model/duration.js';
import { defineCommand, type Running } from './command.js';
import type { Context } from './context.js';
import { createSecretMask, writeReport } from './doctor-report.js';
import { textOfFinding, viewDoctor } from './doctor-view.js';

export interface DoctorOptions {
  readonly reportFile: string | undefined;
}

/** One check as `--json` prints it; `message` and `hint` are always English, `code` and `details` say the same as data. */
export type DoctorCheck = CheckedFinding & {
  readonly message: string;
  readonly hint: string | null;
};

export interface DoctorResult {
  /** Whether nothing failed; warnings do not count. */
  readonly healthy: boolean;
  readonly checks: readonly DoctorCheck[];
  readonly report: { readonly file: string; readonly text: string } | null;
}

/** Checks everything that a desktop needs, stops at nothing, makes no session, and says what to do. */
export const doctor = defineCommand<DoctorOptions, DoctorResult>({
  path: ['doctor'],
  group: 'start',
  summary: (messages) => messages.doctor.summary,
  options: [
    {
      long: '--via',
      value: '[USER@]HOST[:PORT]',
      summary: (messages) => messages.doctor.via,
    },
    {
      long: '--viewer',
      value: 'auto|ID|PATH|none',
      isFile: true,
      origin: 'viewers',
      summary: (messages) => messages.doctor.viewer,
    },
    {
      long: '--report',
      value: 'FILE',
      isFile: true,
      summary: (messages) => messages.doctor.report,
    },
  ],
  examples: [
    { line: 'hpc-desk doctor', caption: (messages) => messages.doctor.example },
    {
      line: 'hpc-desk doctor --report report.txt',
      caption: (messages) => messages.doctor.exampleReport,
    },
    {
      line: 'hpc-desk doctor --field healthy',
      caption: (messages) => messages.doctor.exampleField,
    },
  ],
  fields: ['healthy'],
  extraFields: ['checks', 'report.file', 'report.text'],
  names: ({ checks }) => namesOfFailed(checks),
  rows: ({ checks }) =>
    checks.map(({ status, name, message, hint }) => [status, name, message, hint ?? '']),
  parse: (input) => ({ reportFile: input.text('--report') }),

  async run(context, { reportFile }) {
    const diagnostics = await context.diagnostics();
    const facts = await gatherFacts({
      diagnostics,
      transport: await context.transport(),
      login: context.login,
      now: context.now,
      timeoutMs: parseDurationMs((await diagnostics.setting('timeout')).value ?? '') ?? 0,
      onAsking: (url) => context.progress({ kind: 'asking', origin: originOf(url) }),
    });
    const english = await loadMessages('en');
    const mask = createSecretMask(facts, context);
    const checks = judgeFacts(facts).map((found) => {
      const check = maskTexts(found, mask);
      const { message, hint = null } = textOfFinding(check, english);
      const { name, status, ...rest } = check;
      return { name, status, message, hint, ...rest } as DoctorCheck;
    });
    const healthy = namesOfFailed(checks).length === 0;
    if (reportFile === undefined) return { healthy, checks, report: null };
    const text = writeReport({ facts, checks, machine: diagnostics.machine, context });
    const ready = { healthy, checks, report: { file: reportFile, text } };
    return {
      ready,
      onPrinted: () => keepReport(context, diagnostics, ready.report),
      closed: Promise.resolve(),
    } satisfies Running<DoctorResult>;
  },

  view: viewDoctor,
  exitCode: ({ healthy }) => (healthy ? 0 : EXIT_CODES.unhealthy),
});

/** The result is printed as it is and pasted into issues, so it holds no secret in the first place. */
function maskTexts(check: CheckedFinding, mask: (text: string) => string): CheckedFinding {
  const maskText = (_: string, value: unknown) => (typeof value === 'string' ? mask(value) : value);
  return JSON.parse(JSON.stringify(check), maskText);
}

function namesOfFailed(checks: readonly DoctorCheck[]): string[] {
  return checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
}

/** Where somebody can be asked, nothing is written that they have not seen and agreed to. */
async function keepReport(
  { ask }: Context,
  diagnostics: Diagnostics,
  { file, text }: { readonly file: string; readonly text: string },
): Promise<void> {
  const mayWrite = !ask.mayAsk || (await ask.confirm({ kind: 'writeReport', file }));
  if (mayWrite) await diagnostics.writeNewFile(file, text);
}
