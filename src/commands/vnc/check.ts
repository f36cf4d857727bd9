import { checkSession, FAILURE } from '../../domain/check/check-session.js';
import type { RouteRequest } from '../../domain/connect/choose-route.js';
import { EXIT_CODES } from '../../errors/codes.js';
import { loadMessages } from '../../i18n/locale.js';
import { writeError } from '../../i18n/messages.js';
import { defineCommand } from '../command.js';
import { allowTargetOption, selectorArgument } from '../options.js';
import { maskError, printFinding } from '../print-finding.js';
import { addToJobSummary, type CheckResult, toJUnit, writeReport } from './check-report.js';
import { viewCheck } from './check-view.js';
import { lookFacts } from './look-facts.js';
import { findRoute, readRouteRequest, routeOptions } from './route-options.js';

export interface CheckOptions {
  readonly selector: string | undefined;
  readonly route: RouteRequest;
  readonly allowTarget: boolean;
  /** Where JUnit XML is written. */
  readonly reportFile: string | undefined;
}

/** Walks the whole way to the desktop and tells how far it came; for people, for scripts and for CI. */
export const check = defineCommand<CheckOptions, CheckResult>({
  path: ['vnc', 'check'],
  help: {
    group: 'desktops',
    summary: (messages) => messages.vnc.check.summary,
    examples: [
      { line: 'hpc-desk vnc check', caption: (messages) => messages.vnc.check.example },
      {
        line: 'hpc-desk vnc check --json',
        caption: (messages) => messages.vnc.check.exampleJson,
      },
      {
        line: 'hpc-desk vnc check --report desktop.xml',
        caption: (messages) => messages.vnc.check.exampleReport,
      },
    ],
  },
  arguments: [selectorArgument],
  options: [
    ...routeOptions,
    {
      long: '--report',
      value: 'FILE',
      isFile: true,
      summary: (messages) => messages.vnc.check.report,
    },
    allowTargetOption,
  ],
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
  exitCode: ({ healthy }) => (healthy ? 0 : EXIT_CODES.unhealthy),

  parse: (input) => ({
    selector: input.arguments[0],
    route: readRouteRequest(input),
    allowTarget: input.has('--allow-target'),
    reportFile: input.text('--report'),
  }),

  async run(context, options) {
    const transport = await context.transport();
    const startedAt = context.clock.now();
    const facts = await lookFacts(context);
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
    await addToJobSummary(context.runtime.environment, result);
    if (options.reportFile !== undefined) {
      await writeReport(options.reportFile, toJUnit(result, startedAt));
    }
    return result;
  },

  view: viewCheck,
  advise: ({ [FAILURE]: failure }, messages) => ({
    problems: failure === undefined ? [] : [writeError(failure, messages).message],
  }),
});
