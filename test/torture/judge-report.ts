import { EXIT_CODES } from '../../src/errors/codes.js';
import type { TortureReport } from './torture-report.js';
import type { TortureRow } from './torture-rows.js';

const KNOWN_CODES: readonly (number | null)[] = [0, ...Object.values(EXIT_CODES)];

/** Returns the guarantees that a run violated. */
export function judgeReport(report: TortureReport, row: TortureRow): readonly string[] {
  return [
    ...judgeExitCode(report),
    ...judgeGrammar(report, row),
    ...report.shown.map((secret) => `shows ${secret}`),
    ...judgeStore(report, row),
    ...report.children.map((pid) => `left the child ${pid}`),
    ...report.loose.filter((name) => !isOfNode(name, report)),
    ...report.leftovers.filter((name) => !isExcused(name, report)).map((name) => `left ${name}`),
  ];
}

function judgeExitCode({ exitCode }: TortureReport): readonly string[] {
  if (exitCode === EXIT_CODES.bug) return ['calls it a bug'];
  return KNOWN_CODES.includes(exitCode) ? [] : [`exit code ${exitCode}`];
}

/** Expects a result on stdout, or one error and its hint at the end of stderr. */
function judgeGrammar(
  { exitCode, stdout, stderr }: TortureReport,
  row: TortureRow,
): readonly string[] {
  const isResult = exitCode === 0 || (row.reports === true && exitCode === EXIT_CODES.unhealthy);
  const lines = stderr.split('\n').slice(0, -1);
  const text = stdout + stderr;
  const oddities = /^\s+at .*:\d+|\bundefined\b|\[object|\bNaN\b/m.exec(text) ?? [];
  const isJson = row.words.includes('--json');
  const errors = lines.filter((line) =>
    isJson ? line.startsWith('{"error":') : /^error: \S/.test(line),
  );
  const last = lines.at(-1) ?? '';
  const isHint = /^hint: {2}\S/.test(last) && lines.length > 1;
  const isLast = isJson || isHint || last === errors[0] || last.startsWith('       ');
  return [
    ...oddities.map((oddity) => `says ${oddity}`),
    ...(isResult && errors.length > 0 ? ['ends well with an error'] : []),
    ...(!isResult && stdout !== '' && !isRunning(row) ? ['prints a result and fails'] : []),
    ...(!isResult && (errors.length !== 1 || !isLast || !stderr.endsWith('\n'))
      ? ['breaks the grammar of errors']
      : []),
  ];
}

/** Such a command prints its result at the start and may fail later. */
function isRunning({ words }: TortureRow): boolean {
  return words.startsWith('vnc connect') && !words.includes('--print');
}

function judgeStore(
  { store, exitCode, fault }: TortureReport,
  { words, changes, isLoggedOut }: TortureRow,
): readonly string[] {
  const { problem, profiles = [], settings = {} } = store;
  if (problem !== undefined) return [`store: ${problem}`];
  const before = isLoggedOut ? '' : 'default';
  const after = words.startsWith('login') ? 'default' : words.startsWith('logout') ? '' : before;
  const isRight =
    exitCode === 0 ? String(profiles) === after : [before, after].includes(String(profiles));
  // A token that has expired, or seems to have expired, is renewed.
  const mayDiffer = changes === 'credentials' || fault.kind === 'clock';
  const isSame = mayDiffer || store.login === (isLoggedOut ? 'none' : 'same');
  const areSame = changes === 'settings' || (settings.lang === 'en' && settings.timeout === '20s');
  return [
    ...(isRight ? [] : [`stored: ${profiles}`]),
    ...(isSame ? [] : ['the login is another one']),
    ...(areSame ? [] : [`settings: ${JSON.stringify(settings)}`]),
  ];
}

/** Without free file descriptors, Node leaves the pipes of a child open and unconnected. */
function isOfNode(name: string, { fault }: TortureReport): boolean {
  return name === 'open: PipeWrap' && fault.kind === 'spawn' && fault.code === 'EMFILE';
}

/** Excuses the requested picture, and files whose removal is the call that failed. */
function isExcused(name: string, { exitCode, failed }: TortureReport): boolean {
  if (exitCode === 0 && name === 'files/picture.png') return true;
  return failed.some(
    (call) => /^(rm|rmdir|unlink) /.test(call) && name.startsWith(call.split(/p-\w+\//)[1] ?? ' '),
  );
}
