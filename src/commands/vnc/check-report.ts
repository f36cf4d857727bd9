import { appendFile, mkdtemp, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckReport, DesktopCheck } from '../../domain/session/check-session.js';
import { visible } from '../../model/sanitize.js';
import type { PrintedFinding } from '../print-finding.js';
import { outputError } from './save-picture.js';

/** The checks in the format of `doctor`. */
export interface CheckResult extends Omit<CheckReport, 'checks'> {
  readonly checks: readonly PrintedFinding<DesktopCheck>[];
}

/**
 * JUnit XML, which CI services read (github.com/testmoapp/junitxml).
 *
 * @param startedAt - Start of the checks.
 */
export function toJUnit({ checks }: CheckResult, startedAt: Date): string {
  const totalMs = checks.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  const count = (wanted: string) => checks.filter(({ status }) => status === wanted).length;
  const totals = [
    `tests="${checks.length}" failures="${count('fail')}" errors="0"`,
    `skipped="${count('skip')}" time="${seconds(totalMs)}"`,
  ].join(' ');
  const cases = checks.map(({ name, status, code, message, hint, elapsedMs }) => {
    const head = `    <testcase classname="hpc-desk vnc check" name="${name}" time="${seconds(elapsedMs)}"`;
    if (status === 'skip') return `${head}><skipped/></testcase>`;
    if (status !== 'fail') return `${head}/>`;
    const text = hint === null ? message : `${message}\nhint: ${hint}`;
    const failure = `type="${xml(code)}" message="${xml(message)}"`;
    return `${head}><failure ${failure}>${xml(text)}</failure></testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="hpc-desk" ${totals}>`,
    `  <testsuite name="hpc-desk vnc check" ${totals} timestamp="${startedAt.toISOString()}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** Markdown for the job summary of GitHub Actions. */
export function toJobSummary({ checks, healthy, rfb }: CheckResult): string {
  const rows = checks.map(({ name, status, elapsedMs }) => {
    const time = status === 'skip' ? '' : `${elapsedMs} ms`;
    return `| ${name} | ${status} | ${time} |`;
  });
  const failed = checks.filter(({ status }) => status === 'fail');
  const reasons = failed.flatMap(({ message, hint }) => [
    '',
    markdown(message),
    ...(hint === null ? [] : ['', `Hint: ${markdown(hint)}`]),
  ]);
  const desktop =
    rfb === null ? [] : ['', `${markdown(rfb.desktopName)}, ${rfb.widthPx}×${rfb.heightPx}`];
  return [
    `### hpc-desk vnc check: ${healthy ? 'healthy' : 'unhealthy'}`,
    '',
    '| check | result | time |',
    '| --- | --- | ---: |',
    ...rows,
    ...reasons,
    ...desktop,
    '',
    '',
  ].join('\n');
}

/** Replaces the report file atomically; writes directly to a pipe or device. @throws output.failed, store.full */
export async function writeReport(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const isReplaceable = await stat(target).then(
    (found) => found.isFile(),
    () => true,
  );
  let folder: string | undefined;
  try {
    if (!isReplaceable) return await writeFile(target, text);
    // On the same file system, accessible to this user only.
    folder = await mkdtemp(`${target}.`);
    const next = join(folder, 'report');
    await writeFile(next, text);
    await rename(next, target);
  } catch (error) {
    throw outputError(path, error);
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** Appends to the GitHub job summary; ignores errors, because the result does not depend on it. */
export async function addToJobSummary(
  { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY }: Readonly<Record<string, string | undefined>>,
  result: CheckResult,
): Promise<void> {
  if (GITHUB_ACTIONS !== 'true' || !GITHUB_STEP_SUMMARY) return;
  await appendFile(GITHUB_STEP_SUMMARY, toJobSummary(result)).catch(() => {});
}

function seconds(spanMs: number): string {
  return (spanMs / 1000).toFixed(3);
}

/** XML 1.0 cannot represent control characters, so they are shown in escaped form. */
function xml(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line))
    .join('\n')
    .replaceAll(/[&<>"'\n]/g, (mark) => `&#${mark.codePointAt(0)};`);
}

/** Character references are never parsed as markup (CommonMark 0.31, section 2.5). */
function markdown(text: string): string {
  return visible(text).replaceAll(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.codePointAt(0)};`);
}
