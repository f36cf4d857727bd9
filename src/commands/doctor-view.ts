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
    const row = (mark: string, title: string, text: string, style: Style) => [
      { text: mark, style: styleOf(check.status, theme) },
      { text: title, style: theme.strong },
      { text, style },
    ];
    return [
      row(words.statuses[check.status], words.titles[check.name], message, theme.plain),
      ...(hint === undefined ? [] : [row('', '', `→ ${hint}`, theme.dim)]),
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
