import type { CheckStatus } from '../model/finding.js';
import type { Style, Theme } from '../view/theme.js';
import type { Ui } from '../view/ui.js';
import type { DoctorResult } from './doctor.js';
import { textOfFinding } from './print-finding.js';

/** Mark, title and sentence of each check, and below it what to do. */
export function viewDoctor({ checks, healthy, report }: DoctorResult, ui: Ui): string {
  const { theme, messages } = ui;
  const words = messages.doctor;
  const failed = checks.filter(({ status }) => status === 'fail');
  const rows = checks.flatMap((check) => {
    const { message, hint } = textOfFinding(check, messages);
    const mark = styleOf(check.status, theme)(words.statuses[check.status]);
    return [
      [mark, theme.strong(words.titles[check.name]), theme.plain(message)],
      ...(hint === undefined ? [] : [['', '', theme.dim(`→ ${hint}`)]]),
    ];
  });
  const verdict = healthy ? theme.good(words.healthy) : theme.bad(words.unhealthy(failed.length));
  return [ui.aligned(rows), '', verdict, ...viewReport(report, ui)].join('\n');
}

function viewReport(report: DoctorResult['report'], { theme, messages }: Ui): string[] {
  if (report === null) return [];
  return [
    '',
    theme.dim(messages.doctor.reportFollows(report.file)),
    '',
    ...report.text.trimEnd().split('\n').map(theme.plain),
  ];
}

function styleOf(status: CheckStatus, theme: Theme): Style {
  const styles = { pass: theme.good, warn: theme.warning, fail: theme.bad, skip: theme.dim };
  return styles[status];
}
