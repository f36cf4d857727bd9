import type { MachineFacts } from '../domain/doctor/diagnostics.js';
import type { Facts } from '../domain/doctor/gather-facts.js';
import type { CheckedFinding } from '../domain/doctor/judge-facts.js';
import { visible } from '../model/sanitize.js';
import { createRedactor } from '../view/redact.js';
import type { Runtime } from './context.js';
import type { PrintedFinding } from './print-finding.js';

export type DoctorCheck = PrintedFinding<CheckedFinding>;

export interface ReportParts {
  readonly facts: Facts;
  readonly checks: readonly DoctorCheck[];
  readonly machine: MachineFacts;
  readonly environment: Runtime['environment'];
}

/** Variables relevant to the program or its child processes; only their names are reported. */
const RELEVANT_VARIABLES =
  /^(HPC_DESK_\w+|(https?|all|no)_proxy|NODE_\w+|SSL_CERT_\w+|SSH_\w+|WSL_\w+|DISPLAY|WAYLAND_DISPLAY|TERM|CI|NO_COLOR|LC_\w+|LANG)$/i;

/** Report for an issue, in English, without secrets; names of user and hosts are replaced by placeholders. */
export function writeReport(parts: ReportParts): string {
  const { checks, facts, machine, environment } = parts;
  const settings = facts.settings.kind === 'value' ? facts.settings.value : {};
  const searched = facts.viewers.kind === 'value' ? facts.viewers.value.searched : [];
  const variables = Object.keys(environment).filter((name) => RELEVANT_VARIABLES.test(name));
  const sections = [
    `hpc-desk ${machine.version}, Node ${machine.nodeVersion}`,
    `${machine.operatingSystem} ${machine.release} ${machine.architecture}`,
    '',
    ...checks.map(describeCheck),
    '',
    'settings:',
    ...Object.entries(settings).flatMap(([name, { text, source }]) =>
      text === undefined ? [] : [`  ${name}=${text} (${source})`],
    ),
    'viewers searched:',
    ...searched.map((place) => `  ${place}`),
    'variables that are set:',
    ...variables.sort().map((name) => `  ${name}`),
  ];
  const text = sections.map(visible).join('\n');
  return `${createMask(parts)(text)}\n`;
}

function describeCheck({ status, name, message, hint, code, elapsedMs }: DoctorCheck): string {
  const next = hint === null ? '' : ` -> ${hint}`;
  return `${status.padEnd(4)} ${name} [${code}, ${elapsedMs} ms] ${message}${next}`;
}

function createMask({ facts, machine, environment }: ReportParts): (text: string) => string {
  const login = facts.login.kind === 'value' ? facts.login.value : undefined;
  const redact = createSecretMask(facts, environment);
  const key = facts.identity?.kind === 'value' ? facts.identity.value.path : undefined;
  const names: readonly (readonly [string | undefined, string])[] = [
    // First, because the file name contains some of the other names.
    [key, 'KEY_FILE'],
    [machine.home, '~'],
    [login?.user, 'USER'],
    [login?.clusterUser, 'CLUSTER_USER'],
    [facts.via?.user, 'CLUSTER_USER'],
    [facts.via?.host, 'LOGIN_NODE'],
    [machine.hostname, 'THIS_MACHINE'],
    [machine.userName, 'LOCAL_USER'],
  ];
  return (text) =>
    names.reduce((masked, [name, stand]) => replaceWord(masked, name, stand), redact(text));
}

/** Redacts the secrets of this run, which messages of other programs and of the platform may repeat. */
export function createSecretMask(
  { login: fact }: Pick<Facts, 'login'>,
  environment: Runtime['environment'],
): (text: string) => string {
  const redactor = createRedactor();
  const login = fact.kind === 'value' ? fact.value : undefined;
  for (const secret of [
    login?.token,
    login?.accessKey?.accessKey,
    login?.accessKey?.secretKey,
    ...(login?.clusters ?? []).map(({ token }) => token),
    ...Object.entries(environment).flatMap(([name, value]) =>
      /TOKEN|PASSWORD|SECRET|KEY$/i.test(name) ? value : [],
    ),
  ]) {
    if (secret) redactor.keep(secret);
  }
  return redactor.redact;
}

/** Whole words only, because short names occur in other words. */
function replaceWord(text: string, word: string | undefined, stand: string): string {
  if (!word || word === '/' || /^(127\.|localhost$)/.test(word)) return text;
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, 'g'), stand);
}
