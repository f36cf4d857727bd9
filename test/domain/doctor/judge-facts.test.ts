import { describe, expect, it } from 'vitest';
import type { NamedKey } from '../../../src/domain/connect/choose-route.js';
import type { Facts } from '../../../src/domain/doctor/gather-facts.js';
import { judgeFacts } from '../../../src/domain/doctor/judge-facts.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import type { BaseUrl } from '../../../src/model/base-url.js';
import { CHECK_NAMES, type CheckName } from '../../../src/model/finding.js';
import { TIGER } from '../../helpers/fake-transport.js';
import {
  error,
  findingOf,
  GOOD,
  LATE,
  LOGIN,
  NOW,
  TARGET,
  value,
  verdict,
} from './example-facts.js';

type Case = readonly [title: string, check: CheckName, changes: Partial<Facts>, verdict: string];

const via = 'me@login.example:65023';
const system = (code: string) => error(new DeskError('bug.unexpected', { reason: code }));
const origin = 'https://api.example';
const unreachable = error(new DeskError('network.unreachable', { origin, reason: 'ECONNREFUSED' }));
const badTls = error(new DeskError('network.tls', { origin, reason: 'CERT_HAS_EXPIRED' }));
const damaged = error(new DeskError('store.damaged', { path: '/x' }));
const expired = error(new DeskError('auth.expired', { expiredAt: undefined }));
const hostKey = error(
  new DeskError('ssh.hostKey', { via, reason: 'Host key verification failed.' }),
);
const denied = (methods: string) =>
  error(new DeskError('ssh.authFailed', { via, reason: `Permission denied (${methods}).` }));
const noSsh = error(new DeskError('ssh.missing', { platform: 'linux' }));
const closed = (reason: string) =>
  error(new DeskError('tunnel.unreachable', { target: '10.0.0.7:5904', reason }));
const at = (offsetSeconds: number) =>
  value({ status: 200, date: NOW, receivedAt: new Date(NOW.getTime() + offsetSeconds * 1000) });
const ending = (expiresAt: string) => value({ ...LOGIN, expiresAt });
const terminal = (changes: object) =>
  value({
    ...{ isTerminal: true, isDumb: false, isHidden: false, hasColor: true, columns: 80 },
    locale: 'en_US.UTF-8',
    ...changes,
  });
const known = (policy: string, fingerprints = ['ED25519 SHA256:x']) =>
  value({ name: 'login.example', fingerprints, policy });
const direct = { via: undefined, keys: undefined, hostKey: undefined };
const named = (key: Partial<NamedKey>) => ({
  identity: value({ path: '/k', isOpenToOthers: false, ...key }),
  keys: undefined,
});
const noKey = error(
  new DeskError('usage.invalidValue', { name: '--identity', value: '/k', expected: 'a key' }),
);
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const browser = (changes: object) =>
  value({ opener: '/x', isOff: false, canBeSeen: true, ...changes });
const blind = (isChosen: boolean) => {
  const viewer = { ...TIGER, problem: 'noDisplay' as const };
  return value({ viewers: [viewer], searched: [], chosen: isChosen ? viewer : undefined });
};
const none = value({ viewers: [], searched: [], chosen: undefined });

const CASES: readonly Case[] = [
  ['an existing folder', 'folder', {}, 'pass folder.private'],
  ['a folder on Windows', 'folder', { operatingSystem: 'win32' }, 'skip folder.unchecked'],
  [
    'no folder yet',
    'folder',
    { folder: value({ path: '/x', exists: false, isWritable: true }) },
    'pass folder.absent',
  ],
  [
    'a folder that is not writable',
    'folder',
    { folder: value({ path: '/x', exists: true, isWritable: false }) },
    'fail folder.readOnly',
  ],
  ['a damaged file', 'folder', { folder: damaged }, 'fail store.damaged'],
  [
    'an invalid setting',
    'settings',
    {
      settings: error(
        new DeskError('usage.invalidValue', { name: 'HPC_DESK_VIA', value: 'a b', expected: 'x' }),
      ),
    },
    'fail usage.invalidValue',
  ],

  [
    'output to a pipe',
    'terminal',
    { terminal: terminal({ isTerminal: false }) },
    'skip terminal.piped',
  ],
  ['a dumb terminal', 'terminal', { terminal: terminal({ isDumb: true }) }, 'pass terminal.dumb'],
  ['the C locale', 'terminal', { terminal: terminal({ locale: 'C' }) }, 'warn terminal.notUtf8'],
  [
    'no locale variables, as on Windows',
    'terminal',
    { terminal: terminal({ locale: undefined }) },
    'pass terminal.usable',
  ],
  [
    'Git Bash without a console',
    'terminal',
    { terminal: terminal({ isTerminal: false, isHidden: true }) },
    'warn terminal.hidden',
  ],
  ['no free port', 'freePort', { freePort: system('EACCES') }, 'fail freePort.none'],
  [
    'no free port for a viewer',
    'freePort',
    { freePort: error(new DeskError('tunnel.cannotListen', { reason: 'EACCES' })) },
    'fail freePort.none',
  ],
  [
    'a port whose peers cannot be identified',
    'freePort',
    { freePort: error(new DeskError('tunnel.peersUnknown', { problem: 'noTable' })) },
    'warn tunnel.peersUnknown',
  ],
  [
    'a missing temporary folder',
    'temporaryFolder',
    { temporaryFolder: value({ path: '/job/1', used: '/tmp', reason: '' }) },
    'warn temporaryFolder.replaced',
  ],
  [
    'no usable temporary folder',
    'temporaryFolder',
    { temporaryFolder: value({ path: '/job/1', used: undefined, reason: 'no such file' }) },
    'fail temporaryFolder.none',
  ],
  [
    'an address space of 4 GB',
    'addressSpace',
    { addressSpace: value(4_096_000_000) },
    'pass addressSpace.enough',
  ],
  [
    'an address space of 1 GB',
    'addressSpace',
    { addressSpace: value(1_024_000_000) },
    'fail addressSpace.little',
  ],

  [
    'a proxy',
    'proxy',
    { proxy: value({ address: 'http://p:1', hasPassword: false }) },
    'pass proxy.used',
  ],
  [
    'a proxy with a password',
    'proxy',
    { proxy: value({ address: 'http://p:1', hasPassword: true }) },
    'warn proxy.withPassword',
  ],
  ['an unknown host name', 'dns', { addresses: system('ENOTFOUND') }, 'fail dns.failed'],
  ['a resolver that never answers', 'dns', { addresses: LATE }, 'fail late'],
  [
    'a host name that the proxy resolves',
    'dns',
    { addresses: undefined, proxy: value({ address: 'http://p:1', hasPassword: false }) },
    'skip dns.byProxy',
  ],
  ['an IP address instead of a host name', 'dns', { addresses: undefined }, 'skip dns.literal'],
  ['a closed port', 'platform', { origin: unreachable }, 'fail network.unreachable'],
  ['a platform that never answers', 'platform', { origin: LATE }, 'fail late'],
  [
    'an unknown host name, reported by dns only',
    'platform',
    { origin: unreachable, addresses: system('ENOTFOUND') },
    'skip by dns',
  ],
  ['a bad certificate, reported by tls only', 'platform', { origin: badTls }, 'skip by tls'],
  ['a bad certificate', 'tls', { origin: badTls }, 'fail network.tls'],
  ['no TLS connection', 'tls', { origin: unreachable }, 'skip by platform'],
  [
    'plain http on loopback',
    'tls',
    { baseUrl: 'http://127.0.0.1:1' as BaseUrl },
    'skip tls.onLoopback',
  ],
  [
    'plain http to another host',
    'tls',
    { baseUrl: 'http://api.example' as BaseUrl },
    'warn tls.clearText',
  ],
  ['a minute fast', 'clock', { origin: at(60) }, 'pass clock.right'],
  ['a little more than a minute fast', 'clock', { origin: at(61) }, 'warn clock.wrong'],
  ['an hour slow', 'clock', { origin: at(-3600) }, 'warn clock.wrong'],
  [
    'a server without a Date header',
    'clock',
    { origin: value({ status: 200, date: undefined, receivedAt: NOW }) },
    'skip clock.unknown',
  ],
  ['an unreachable server', 'clock', { origin: unreachable }, 'skip by platform'],

  ['a token valid for another day', 'token', {}, 'pass token.lives'],
  [
    'a token valid for less than an hour',
    'token',
    { login: ending('2026-03-01T12:59:59Z') },
    'warn token.ending',
  ],
  ['an expired token', 'token', { login: ending('2026-03-01T11:59:59Z') }, 'warn token.expired'],
  ['a token without an expiry time', 'token', { login: ending('') }, 'pass token.silent'],
  [
    'not logged in',
    'token',
    { login: error(new DeskError('auth.required', { profile: 'default' })) },
    'fail auth.required',
  ],
  ['a damaged credentials file', 'token', { login: damaged }, 'skip by folder'],
  ['a cluster that answers', 'cluster', {}, 'pass cluster.answers'],
  ['not logged in', 'cluster', { cluster: undefined }, 'skip by token'],
  ['a rejected token', 'cluster', { cluster: expired, session: expired }, 'fail auth.expired'],
  [
    'a token that was renewed in the meantime',
    'cluster',
    { cluster: expired },
    'pass cluster.answers',
  ],
  [
    'a cluster that refuses the request',
    'cluster',
    { cluster: error(new DeskError('platform.refused', { platformCode: '10003' })) },
    'fail platform.refused',
  ],
  [
    'an unreachable platform, already reported',
    'cluster',
    { cluster: unreachable, origin: unreachable },
    'skip by platform',
  ],
  [
    'a bad certificate, already reported',
    'cluster',
    { cluster: badTls, origin: badTls },
    'skip by tls',
  ],
  [
    'an unreachable cluster on a reachable platform',
    'cluster',
    { cluster: unreachable },
    'fail network.unreachable',
  ],
  ['a cluster that never answers', 'cluster', { cluster: LATE }, 'fail late'],
  [
    'a platform and a cluster that never answer',
    'cluster',
    { cluster: LATE, origin: LATE },
    'skip by platform',
  ],

  ['no ssh with a login node', 'ssh', { ssh: noSsh }, 'fail ssh.missing'],
  ['no ssh without a login node', 'ssh', { ...direct, ssh: noSsh }, 'skip ssh.notNeeded'],
  [
    'key files without an agent',
    'keys',
    { keys: value({ agent: 'none', files: ['/k'] }) },
    'pass keys.found',
  ],
  ['no key', 'keys', { keys: value({ agent: 'empty', files: [] }) }, 'warn keys.none'],
  ['keys without ssh', 'keys', { keys: noSsh }, 'skip by ssh'],
  ['keys without a login node', 'keys', direct, 'skip by loginNode'],
  ['an --identity key', 'keys', named({}), 'pass keys.named'],
  [
    'an --identity key without a login node',
    'keys',
    { ...direct, ...named({}) },
    'pass keys.named',
  ],
  ['an --identity key that does not exist', 'keys', { identity: noKey }, 'fail usage.invalidValue'],
  [
    'an --identity key that others can read',
    'keys',
    named({ isOpenToOthers: true }),
    'fail keys.open',
  ],
  ['an --identity key that expires now', 'keys', named({ expiresAt: NOW }), 'fail keys.expired'],
  [
    'an --identity key that expires within 10 ms',
    'keys',
    named({ expiresAt: inDays(1e-7) }),
    'warn keys.ending',
  ],
  [
    'an --identity key that expires in 7 days',
    'keys',
    named({ expiresAt: inDays(7) }),
    'warn keys.ending',
  ],
  [
    'an --identity key that expires in 8 days',
    'keys',
    named({ expiresAt: inDays(8) }),
    'pass keys.named',
  ],
  ['a known host key', 'hostKey', {}, 'pass hostKey.known'],
  [
    'an unknown host key',
    'hostKey',
    { hostKey: known('ask', []), desktop: hostKey },
    'fail hostKey.unknown',
  ],
  [
    'an unknown host key with StrictHostKeyChecking=accept-new',
    'hostKey',
    { hostKey: known('accept-new', []) },
    'pass hostKey.acceptsNew',
  ],
  ['a changed host key', 'hostKey', { desktop: hostKey }, 'fail hostKey.changed'],
  [
    'a known host key without host key checking',
    'hostKey',
    { hostKey: known('false') },
    'warn hostKey.unchecked',
  ],
  [
    'an unknown host key without host key checking',
    'hostKey',
    { hostKey: known('no', []) },
    'warn hostKey.unchecked',
  ],
  ['a login without prompts', 'loginNode', {}, 'pass loginNode.open'],
  ['no login node', 'loginNode', direct, 'skip via.none'],
  ['a host key failure, already reported', 'loginNode', { desktop: hostKey }, 'skip by hostKey'],
  [
    'no accepted key, and no other method',
    'loginNode',
    { desktop: denied('publickey') },
    'fail loginNode.refuses',
  ],
  [
    'no accepted key, but a password is possible',
    'loginNode',
    { desktop: denied('publickey,password') },
    'warn loginNode.asks',
  ],
  [
    'no accepted key, but keyboard-interactive is possible',
    'loginNode',
    { desktop: denied('publickey,keyboard-interactive') },
    'warn loginNode.asks',
  ],
  [
    'another ssh failure',
    'loginNode',
    { desktop: error(new DeskError('ssh.exited', { via, exitCode: 255, reason: 'refused' })) },
    'fail loginNode.fails',
  ],
  [
    'a login node that never answers',
    'loginNode',
    { desktop: error(new DeskError('rfb.timeout', { target: 'x', timeoutMs: 4500 })) },
    'fail loginNode.silent',
  ],
  [
    'a closed node port behind a working login node',
    'loginNode',
    { desktop: closed('connect failed: Connection refused') },
    'pass loginNode.open',
  ],
  ['no ssh', 'loginNode', { ssh: noSsh, desktop: undefined }, 'skip by ssh'],

  ['a node port reached through the login node', 'nodePort', {}, 'pass nodePort.open'],
  [
    'a closed port',
    'nodePort',
    { desktop: closed('connect failed: Connection refused') },
    'fail nodePort.closed',
  ],
  [
    'forwarding forbidden by the login node',
    'nodePort',
    { desktop: closed('administratively prohibited: open failed') },
    'fail nodePort.noForwarding',
  ],
  [
    'a node that is unreachable on a direct route',
    'nodePort',
    { ...direct, desktop: closed('timed out') },
    'fail tunnel.unreachable',
  ],
  [
    'a login node that denies the login',
    'nodePort',
    { desktop: denied('publickey') },
    'skip by loginNode',
  ],
  ['no session', 'nodePort', { session: value(undefined) }, 'skip session.none'],
  ['not logged in', 'nodePort', { session: undefined }, 'skip by token'],
  ['a session list that fails', 'nodePort', { session: unreachable }, 'warn network.unreachable'],
  ['a session list that times out', 'nodePort', { session: LATE }, 'warn late'],
  [
    'a session with an unsafe address',
    'nodePort',
    { session: error(new DeskError('unsafe.value', { field: 'ip', value: 'x' })) },
    'fail unsafe.value',
  ],
  ['a desktop', 'rfb', {}, 'pass rfb.greets'],
  [
    'another service',
    'rfb',
    { desktop: error(new DeskError('rfb.notRfb', { target: 'x', received: 'HTTP' })) },
    'fail rfb.notRfb',
  ],
  [
    'a desktop that reports too many failed attempts',
    'rfb',
    { desktop: error(new DeskError('rfb.lockedOut', { target: 'x', reason: 'x' })) },
    'fail rfb.lockedOut',
  ],
  ['a closed port', 'rfb', { desktop: closed('refused') }, 'skip by nodePort'],

  ['a viewer', 'viewers', {}, 'pass viewers.found'],
  ['no viewer', 'viewers', { viewers: none }, 'warn viewers.none'],
  [
    'a requested viewer that is missing',
    'viewers',
    { viewers: none, requestedViewer: 'krdc' },
    'fail viewer.missing',
  ],
  [
    'no viewer with --viewer none',
    'viewers',
    { viewers: none, requestedViewer: 'none' },
    'skip viewers.noneWanted',
  ],
  ['no display', 'viewers', { viewers: blind(false) }, 'warn viewers.noDisplay'],
  [
    'no display for the requested viewer',
    'viewers',
    { viewers: blind(true), requestedViewer: 'tigervnc' },
    'warn viewers.noDisplay',
  ],
  ['no tunnel', 'tunnels', {}, 'pass tunnels.none'],
  [
    'a connected tunnel',
    'tunnels',
    { tunnels: value([{ id: '1f2e3d4c', state: 'connected' }]) },
    'pass tunnels.running',
  ],
  [
    'a connected and a failed tunnel',
    'tunnels',
    {
      tunnels: value([
        { id: '1f2e3d4c', state: 'connected' },
        { id: '5a6b7c8d', state: 'failed' },
      ]),
    },
    'warn tunnels.impaired',
  ],
  ['a browser', 'browser', {}, 'pass browser.found'],
  ['no browser', 'browser', { browser: browser({ opener: undefined }) }, 'warn browser.none'],
  ['a disabled browser', 'browser', { browser: browser({ isOff: true }) }, 'skip browser.off'],
  [
    'a browser without a display',
    'browser',
    { browser: browser({ canBeSeen: false }) },
    'skip browser.unseen',
  ],
];

it.each(CASES)('%s: %s', (_, check, changes, expected) => {
  expect(verdict(check, changes)).toBe(expected);
});

it('a working machine passes every check, each once and in order', () => {
  const findings = judgeFacts(GOOD);
  expect(findings.map(({ name }) => name)).toEqual(CHECK_NAMES);
  expect(findings.filter(({ status }) => status !== 'pass')).toEqual([]);
});

describe('a single cause', () => {
  const causes: readonly (readonly [string, Partial<Facts>, CheckName])[] = [
    ['no network', { origin: unreachable, cluster: unreachable, session: unreachable }, 'platform'],
    ['a bad certificate', { origin: badTls, cluster: badTls, session: badTls }, 'tls'],
    ['an expired token', { cluster: expired, session: expired }, 'cluster'],
    ['an unknown host key', { hostKey: known('ask', []), desktop: hostKey }, 'hostKey'],
    ['no ssh', { ssh: noSsh, keys: noSsh, hostKey: noSsh, desktop: undefined }, 'ssh'],
    ['a closed node port', { desktop: closed('refused') }, 'nodePort'],
    [
      'a damaged store',
      {
        folder: damaged,
        login: damaged,
        cluster: undefined,
        session: undefined,
      },
      'folder',
    ],
  ];
  it.each(causes)('%s fails exactly one check', (_, changes, name) => {
    const failed = judgeFacts({ ...GOOD, ...changes }).filter(({ status }) => status === 'fail');
    expect(failed.map((finding) => finding.name)).toEqual([name]);
  });

  it.each(causes)('%s blocks checks only because of checks that did not pass', (_, changes) => {
    const findings = judgeFacts({ ...GOOD, ...changes });
    const statusOf = new Map(findings.map(({ name, status }) => [name, status]));
    const blamed = findings.flatMap((one) => (one.code === 'blocked' ? one.details.by : []));
    expect(blamed.filter((name) => statusOf.get(name) === 'pass')).toEqual([]);
  });
});

it('the command for an unknown host key passes the port with ssh -p', () => {
  const finding = findingOf('hostKey', { hostKey: known('ask', []), desktop: hostKey });
  expect(finding.details).toMatchObject({ command: 'ssh -p 65023 me@login.example' });
});

it('a skipped check has no elapsed time', () => {
  expect(findingOf('loginNode', direct).elapsedMs).toBe(0);
  expect(findingOf('rfb').elapsedMs).toBe(5);
  expect(findingOf('nodePort', { session: value(TARGET) }).elapsedMs).toBe(5);
});
