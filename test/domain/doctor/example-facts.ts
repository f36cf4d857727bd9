import type { Outcome } from '../../../src/domain/doctor/finding.js';
import type { Facts } from '../../../src/domain/doctor/gather-facts.js';
import { type CheckedFinding, judgeFacts } from '../../../src/domain/doctor/judge-facts.js';
import type { DeskError } from '../../../src/errors/desk-error.js';
import type { BaseUrl } from '../../../src/model/base-url.js';
import { type Endpoint, parseLoginNode } from '../../../src/model/endpoint.js';
import type { CheckName } from '../../../src/model/finding.js';
import { type CurrentLogin, describeToken } from '../../../src/model/login.js';
import type { Token } from '../../../src/model/token.js';
import { TIGER } from '../../helpers/fake-transport.js';

export const NOW = new Date('2026-03-01T12:00:00Z');
const VIA = parseLoginNode('me@login.example:65023');
export const TARGET = { host: '10.0.0.7', port: 5904 } as Endpoint;

export function value<Value>(seen: Value): Outcome<Value> {
  return { kind: 'value', value: seen, elapsedMs: 5 };
}

export function error(problem: DeskError): Outcome<never> {
  return { kind: 'error', error: problem, elapsedMs: 5 };
}

export const LATE: Outcome<never> = { kind: 'late', limitMs: 5_000, elapsedMs: 5_000 };

export const LOGIN: CurrentLogin = {
  ...describeToken('t.t.t' as Token, 'https://api.example' as BaseUrl, undefined),
  user: 'zhang',
  expiresAt: '2026-03-02T12:00:00Z',
  profile: 'default',
  tokenSource: 'file',
};

/** The facts of a working machine, with a login node and a session. */
export const GOOD: Facts = {
  operatingSystem: 'linux',
  now: NOW,
  timeZone: 'Asia/Shanghai',
  baseUrl: 'https://api.example' as BaseUrl,
  via: VIA,
  requestedViewer: 'auto',
  folder: value({ path: '/home/me/.config/hpc-desk', exists: true, isWritable: true }),
  settings: value({}),
  terminal: value({
    ...{ isTerminal: true, isDumb: false, isHidden: false, hasColor: true },
    columns: 80,
    locale: 'zh_CN.UTF-8',
  }),
  freePort: value(40_001),
  addressSpace: value(Number.POSITIVE_INFINITY),
  temporaryFolder: value({ path: '/tmp', used: '/tmp', reason: '' }),
  proxy: value(undefined),
  addresses: value(['203.0.113.5']),
  origin: value({ status: 404, date: NOW, receivedAt: NOW }),
  login: value(LOGIN),
  cluster: value(['SLURM']),
  session: value(TARGET),
  ssh: value({ path: '/usr/bin/ssh', version: 'OpenSSH_9.2p1' }),
  identity: undefined,
  keys: value({ agent: 2, files: [] }),
  hostKey: value({
    name: '[login.example]:65023',
    fingerprints: ['ED25519 SHA256:x'],
    policy: 'ask',
  }),
  desktop: value({ rfbVersion: '003.008' }),
  viewers: value({ viewers: [TIGER], searched: [TIGER.path], chosen: TIGER }),
  tunnels: value([]),
  browser: value({
    ...{ opener: '/usr/bin/xdg-open', isOff: false, canBeSeen: true },
  }),
};

/** The finding of a check for `GOOD` with these changes. */
export function findingOf(name: CheckName, changes: Partial<Facts> = {}): CheckedFinding {
  const found = judgeFacts({ ...GOOD, ...changes }).find((finding) => finding.name === name);
  if (found === undefined) throw new Error(`no check ${name}`);
  return found;
}

/** The finding as text, such as `warn clock.wrong`. */
export function verdict(name: CheckName, changes: Partial<Facts> = {}): string {
  const { status, code, details } = findingOf(name, changes);
  return code === 'blocked' ? `${status} by ${details.by}` : `${status} ${code}`;
}
