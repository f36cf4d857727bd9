import { type CheckReport, checkSession, FAILURE } from '../../domain/session/check-session.js';
import { EXIT_CODES } from '../../errors/codes.js';
import type { DeskError } from '../../errors/desk-error.js';
import { shortRfbVersion } from '../../i18n/format.js';
import { loadMessages } from '../../i18n/locale.js';
import { writeText } from '../../i18n/messages.js';
import type { Ui } from '../../view/ui.js';
import { label } from '../../view/wrap-line.js';
import { defineCommand, helpOf } from '../command.js';
import { allowTargetOption, selectorArgument } from '../options.js';
import { maskError, printFinding } from '../print-finding.js';
import { findRoute, readRouteRequest, routeOptions } from './route-options.js';
import { captureOptions } from './vnc-password.js';

/** Checks every step up to a captured frame; for people, scripts and CI. */
export const check = defineCommand({
  path: ['vnc', 'check'],
  help: helpOf('desktops', (messages) => messages.vnc.check, {
    example: 'hpc-desk vnc check',
    exampleJson: 'hpc-desk vnc check --json',
    exampleReport: 'hpc-desk vnc check --report desktop.xml',
  }),
  arguments: [selectorArgument],
  options: [
    ...routeOptions,
    { flags: '--report <FILE>', isFile: true, summary: (messages) => messages.vnc.check.report },
    allowTargetOption,
  ],

  parse: (input) => ({
    selector: input.arguments[0],
    route: readRouteRequest(input),
    allowTarget: input.has('--allow-target'),
    reportFile: input.text('--report'),
  }),

  async run(context, options) {
    const transport = await context.transport();
    const startedAt = context.clock.now();
    const facts = await captureOptions(context);
    const report = await checkSession({
      selector: options.selector,
      frameTimeoutMs: facts.frameTimeoutMs,
      now: context.clock.now,
      async listSessions() {
        const platform = await context.platform(options);
        context.progress({ kind: 'asking', origin: platform.origin });
        return platform.listSessions();
      },
      chooseRoute: (session) => findRoute(context, session, options.route),
      openDesktop({ route, report }) {
        context.progress({ kind: 'routing', route });
        return transport.openDesktop({ ...facts, route, ...(report && { report }) });
      },
    });
    const { [FAILURE]: failure } = report;
    const english = await loadMessages('en');
    const result = {
      ...report,
      checks: report.checks.map((found) => printFinding(found, english, context.output.redact)),
      ...(failure && { [FAILURE]: maskError(failure, context.output.redact) }),
    };
    const { addToJobSummary, toJUnit, writeReport } = await import('./check-report.js');
    await addToJobSummary(context.runtime.environment, result);
    if (options.reportFile !== undefined) {
      await writeReport(options.reportFile, toJUnit(result, startedAt));
    }
    return result;
  },

  output: {
    fields: [
      'healthy',
      'rfb.version',
      'rfb.securityTypes',
      'rfb.widthPx',
      'rfb.heightPx',
      'rfb.desktopName',
    ],
    extraFields: ['checks'],
    rows: ({ checks }) =>
      checks.map(({ name, status, code, elapsedMs }) => [
        name,
        status,
        status === 'fail' ? code : '',
        String(elapsedMs),
      ]),
  },
  view: viewCheck,
  advise: ({ [FAILURE]: failure }, messages) => ({
    problems: failure === undefined ? [] : [writeText(failure, messages).message],
  }),
  exitCode: ({ healthy }) => (healthy ? 0 : EXIT_CODES.unhealthy),
});

function viewCheck({ checks, rfb, [FAILURE]: failure }: CheckReport, ui: Ui): string {
  const { labels } = ui.messages;
  const words = ui.messages.vnc.check;
  const table = ui.table(
    [labels.check, labels.result, labels.time],
    checks.map(({ name, status, elapsedMs }) => [
      words.names[name],
      ui.messages.doctor.statuses[status],
      status === 'skip' ? '' : `${elapsedMs} ms`,
    ]),
    '',
  );
  const verdict = failure === undefined ? [ui.theme.good(words.healthy)] : explain(failure, ui);
  const desktop = rfb === null ? [] : [ui.theme.dim(describe(rfb, words.noAuthentication))];
  return [table, '', ...verdict, ...desktop].join('\n');
}

function explain(failure: DeskError, { theme, messages }: Ui): readonly string[] {
  const { message, hint } = writeText(failure, messages);
  const { report } = messages;
  const { platform } = failure;
  return [
    theme.bad(message),
    ...(platform ? [theme.plain(report.platformSays(platform.code, platform.msg))] : []),
    ...(hint === undefined ? [] : [`${theme.strong(label(report.hint))}${theme.plain(hint)}`]),
  ];
}

/** `“host:4 (me)”, 1920×1080, RFB 3.8, no authentication` */
function describe(rfb: NonNullable<CheckReport['rfb']>, noAuthentication: string): string {
  const names: typeof SECURITY_TYPE_NAMES = { 1: noAuthentication, ...SECURITY_TYPE_NAMES };
  const types = rfb.securityTypes.map((type) => names[type] ?? String(type)).join(' / ');
  const version = shortRfbVersion(rfb.version);
  return `“${rfb.desktopName}”, ${rfb.widthPx}×${rfb.heightPx}, RFB ${version}, ${types}`;
}

/** RFC 6143 §8.2.1 and its registry at IANA. */
const SECURITY_TYPE_NAMES: Readonly<Record<number, string>> = {
  2: 'VncAuth',
  5: 'RA2',
  6: 'RA2ne',
  16: 'Tight',
  18: 'TLS',
  19: 'VeNCrypt',
  30: 'ARD',
};
