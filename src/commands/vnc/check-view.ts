import { type CheckReport, FAILURE } from '../../domain/check/check-session.js';
import type { DeskError } from '../../errors/desk-error.js';
import { shortRfbVersion } from '../../i18n/format.js';
import { writeError } from '../../i18n/messages.js';
import { label } from '../../view/label.js';
import type { Ui } from '../../view/ui.js';

/** One line for each check, then what it means. */
export function viewCheck({ checks, rfb, [FAILURE]: failure }: CheckReport, ui: Ui): string {
  const words = ui.messages.vnc.check;
  const table = ui.table(
    [words.check, words.result, words.time],
    checks.map(({ name, status, elapsedMs }) => [
      words.names[name],
      ui.messages.doctor.statuses[status],
      status === 'skip' ? '' : `${elapsedMs} ms`,
    ]),
    '',
  );
  const verdict = failure === undefined ? [ui.theme.good(words.healthy)] : explain(failure, ui);
  return [
    table,
    '',
    ...verdict,
    ...(rfb === null ? [] : [ui.theme.dim(describe(rfb, ui.messages.vnc.check))]),
  ].join('\n');
}

function explain(failure: DeskError, { theme, messages }: Ui): readonly string[] {
  const { message, hint } = writeError(failure, messages);
  const { report } = messages;
  const { platform } = failure;
  return [
    theme.bad(message),
    ...(platform === undefined
      ? []
      : [theme.plain(report.platformSays(platform.code, platform.msg))]),
    ...(hint === undefined ? [] : [`${theme.strong(label(report.hint))}${theme.plain(hint)}`]),
  ];
}

/** `“host:4 (me)”, 1920×1080, RFB 3.8, no authentication` */
function describe(rfb: NonNullable<CheckReport['rfb']>, { noAuthentication }: CheckTexts): string {
  const types = rfb.securityTypes.map((type) =>
    type === NO_AUTHENTICATION ? noAuthentication : (SECURITY_TYPE_NAMES[type] ?? String(type)),
  );
  const size = `${rfb.widthPx}×${rfb.heightPx}`;
  return [
    `“${rfb.desktopName}”`,
    size,
    `RFB ${shortRfbVersion(rfb.version)}`,
    types.join(' / '),
  ].join(', ');
}

type CheckTexts = Ui['messages']['vnc']['check'];

const NO_AUTHENTICATION = 1;

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
