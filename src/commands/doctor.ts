import type { Diagnostics } from '../domain/doctor/diagnostics.js';
import { EXIT_CODES } from '../errors/codes.js';
import { loadMessages } from '../i18n/locale.js';
import { writeText } from '../i18n/messages.js';
import { originOf } from '../model/base-url.js';
import type { Style } from '../view/theme.js';
import type { Ui } from '../view/ui.js';
import { defineCommand, helpOf } from './command.js';
import type { Context } from './context.js';
import { createSecretMask, type DoctorCheck, writeReport } from './doctor-report.js';
import { printFinding } from './print-finding.js';
import { identityOption } from './vnc/route-options.js';

export interface DoctorResult {
  /** Whether no check failed; warnings do not count. */
  readonly healthy: boolean;
  readonly checks: readonly DoctorCheck[];
  readonly report: { readonly file: string; readonly text: string } | null;
}

/** Runs all checks, continues after failures, creates no session, and suggests fixes. */
export const doctor = defineCommand({
  path: ['doctor'],
  help: helpOf('start', (messages) => messages.doctor, {
    example: 'hpc-desk doctor',
    exampleReport: 'hpc-desk doctor --report report.txt',
    exampleField: 'hpc-desk doctor --field healthy',
  }),
  options: [
    { flags: '--via <[USER@]HOST[:PORT]>', summary: (messages) => messages.doctor.via },
    identityOption,
    {
      flags: '--viewer <auto|ID|PATH|none>',
      isFile: true,
      origin: 'viewers',
      summary: (messages) => messages.doctor.viewer,
    },
    { flags: '--report <FILE>', isFile: true, summary: (messages) => messages.doctor.report },
  ],

  parse: (input) => ({
    reportFile: input.text('--report'),
    identityFile: input.text('--identity'),
  }),

  async run(context, { reportFile, identityFile }) {
    const { environment } = context.runtime;
    // Imported on use: half the size of everything that help needs.
    const [{ gatherFacts }, { judgeFacts }] = await Promise.all([
      import('../domain/doctor/gather-facts.js'),
      import('../domain/doctor/judge-facts.js'),
    ]);
    const diagnostics = await context.machine.diagnostics();
    const facts = await gatherFacts({
      diagnostics,
      transport: await context.transport(),
      login: context.login,
      identityFile,
      now: context.clock.now,
      timeoutMs: (await diagnostics.setting('timeout')).value,
      onAsking: (url) => context.progress({ kind: 'asking', origin: originOf(url) }),
    });
    const english = await loadMessages('en');
    const mask = createSecretMask(facts, environment);
    const checks = judgeFacts(facts).map((found) => printFinding(found, english, mask));
    const healthy = namesOfFailed(checks).length === 0;
    if (reportFile === undefined) return { healthy, checks, report: null };
    const text = writeReport({ facts, checks, machine: diagnostics.machine, environment });
    const report = { file: reportFile, text };
    return {
      ready: { healthy, checks, report },
      onPrinted: () => keepReport(context, diagnostics, report),
    };
  },

  output: {
    fields: ['healthy'],
    extraFields: ['checks', 'report.file', 'report.text'],
    names: ({ checks }) => namesOfFailed(checks),
    rows: ({ checks }) =>
      checks.map(({ status, name, message, hint }) => [status, name, message, hint ?? '']),
  },
  view: viewDoctor,
  exitCode: ({ healthy }) => (healthy ? 0 : EXIT_CODES.unhealthy),
});

function namesOfFailed(checks: readonly DoctorCheck[]): string[] {
  return checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
}

/** On a terminal, writes the report only after the user has seen it and agreed. */
async function keepReport(
  { ask }: Context,
  diagnostics: Diagnostics,
  { file, text }: { readonly file: string; readonly text: string },
): Promise<void> {
  const mayWrite = !ask.mayAsk || (await ask.confirm({ kind: 'writeReport', file }));
  if (mayWrite) await diagnostics.writeNewFile(file, text);
}

/** Status, title and message of each check, and below it the hint. */
function viewDoctor({ checks, healthy, report }: DoctorResult, ui: Ui): string {
  const { theme, messages } = ui;
  const words = messages.doctor;
  const styles = { pass: theme.good, warn: theme.warning, fail: theme.bad, skip: theme.dim };
  const rows = checks.flatMap((check) => {
    const { message, hint } = writeText(check, messages);
    const row = (mark: string, title: string, text: string, style: Style) => [
      { text: mark, style: styles[check.status] },
      { text: title, style: theme.strong },
      { text, style },
    ];
    return [
      row(words.statuses[check.status], words.titles[check.name], message, theme.plain),
      ...(hint === undefined ? [] : [row('', '', `→ ${hint}`, theme.dim)]),
    ];
  });
  const failures = namesOfFailed(checks).length;
  const verdict = healthy ? theme.good(words.healthy) : theme.bad(words.unhealthy(failures));
  const page = [ui.aligned(rows), '', verdict];
  if (report !== null) {
    const lines = report.text.trimEnd().split('\n').map(theme.plain);
    page.push('', theme.dim(words.reportFollows(report.file)), '', ...lines);
  }
  return page.join('\n');
}
