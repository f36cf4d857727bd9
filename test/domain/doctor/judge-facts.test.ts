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
  ['a folder that is there', 'folder', {}, 'pass folder.private'],
  ['one on Windows', 'folder', { operatingSystem: 'win32' }, 'skip folder.unchecked'],
  [
    'no folder yet',
    'folder',
    { folder: value({ path: '/x', exists: false, isWritable: true }) },
    'pass folder.absent',
  ],
  [
    'a folder of somebody else',
    'folder',
    { folder: value({ path: '/x', exists: true, isWritable: false }) },
    'fail folder.readOnly',
  ],
  ['a damaged file', 'folder', { folder: damaged }, 'fail store.damaged'],
  [
    'a setting that is no value',
    'settings',
    {
      settings: error(
        new DeskError('usage.invalidValue', { name: 'HPC_DESK_VIA', value: 'a b', expected: 'x' }),
      ),
    },
    'fail usage.invalidValue',
  ],

  ['a pipe', 'terminal', { terminal: terminal({ isTerminal: false }) }, 'skip terminal.piped'],
  ['a dumb terminal', 'terminal', { terminal: terminal({ isDumb: true }) }, 'pass terminal.dumb'],
  ['a Latin locale', 'terminal', { terminal: terminal({ locale: 'C' }) }, 'warn terminal.notUtf8'],
  [
    'Windows, which has no locale variables',
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
  ['no port at all', 'freePort', { freePort: system('EACCES') }, 'fail freePort.none'],
  [
    'no port for a viewer',
    'freePort',
    { freePort: error(new DeskError('tunnel.cannotListen', { reason: 'EACCES' })) },
    'fail freePort.none',
  ],
  [
    'a port that would be open to everybody',
    'freePort',
    { freePort: error(new DeskError('tunnel.peersUnknown', { problem: 'noTable' })) },
    'warn tunnel.peersUnknown',
  ],
  [
    'a temporary folder that has gone',
    'temporaryFolder',
    { temporaryFolder: value({ path: '/job/1', used: '/tmp', reason: '' }) },
    'warn temporaryFolder.replaced',
  ],
  [
    'no temporary folder at all',
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
  ['an unknown name', 'dns', { addresses: system('ENOTFOUND') }, 'fail dns.failed'],
  ['a resolver that never answers', 'dns', { addresses: LATE }, 'fail late'],
  [
    'a name that the proxy looks up',
    'dns',
    { addresses: undefined, proxy: value({ address: 'http://p:1', hasPassword: false }) },
    'skip dns.byProxy',
  ],
  ['an address instead of a name', 'dns', { addresses: undefined }, 'skip dns.literal'],
  ['a closed port', 'platform', { origin: unreachable }, 'fail network.unreachable'],
  ['a platform that never answers', 'platform', { origin: LATE }, 'fail late'],
  [
    'an unknown name is told once',
    'platform',
    { origin: unreachable, addresses: system('ENOTFOUND') },
    'skip by dns',
  ],
  ['a certificate is told once', 'platform', { origin: badTls }, 'skip by tls'],
  ['a bad certificate', 'tls', { origin: badTls }, 'fail network.tls'],
  ['a certificate that was never seen', 'tls', { origin: unreachable }, 'skip by platform'],
  [
    'plain http on loopback',
    'tls',
    { baseUrl: 'http://127.0.0.1:1' as BaseUrl },
    'skip tls.onLoopback',
  ],
  [
    'plain http elsewhere',
    'tls',
    { baseUrl: 'http://api.example' as BaseUrl },
    'warn tls.clearText',
  ],
  ['a minute fast', 'clock', { origin: at(60) }, 'pass clock.right'],
  ['a little more than a minute fast', 'clock', { origin: at(61) }, 'warn clock.wrong'],
  ['an hour slow', 'clock', { origin: at(-3600) }, 'warn clock.wrong'],
  [
    'a server without a clock',
    'clock',
    { origin: value({ status: 200, date: undefined, receivedAt: NOW }) },
    'skip clock.unknown',
  ],
  ['a clock that was not asked', 'clock', { origin: unreachable }, 'skip by platform'],

  ['a token for another day', 'token', {}, 'pass token.lives'],
  [
    'a token for another hour',
    'token',
    { login: ending('2026-03-01T12:59:59Z') },
    'warn token.ending',
  ],
  ['a dead token', 'token', { login: ending('2026-03-01T11:59:59Z') }, 'warn token.expired'],
  ['a token that does not say', 'token', { login: ending('') }, 'pass token.silent'],
  [
    'nobody logged in',
    'token',
    { login: error(new DeskError('auth.required', { profile: 'default' })) },
    'fail auth.required',
  ],
  ['a store that cannot be read', 'token', { login: damaged }, 'skip by folder'],
  ['a cluster that answers', 'cluster', {}, 'pass cluster.answers'],
  ['nobody logged in', 'cluster', { cluster: undefined }, 'skip by token'],
  [
    'a token that is not taken',
    'cluster',
    { cluster: expired, session: expired },
    'fail auth.expired',
  ],
  ['a token that was renewed meanwhile', 'cluster', { cluster: expired }, 'pass cluster.answers'],
  [
    'a cluster that refuses',
    'cluster',
    { cluster: error(new DeskError('platform.refused', { platformCode: '10003' })) },
    'fail platform.refused',
  ],
  [
    'a network that is told already',
    'cluster',
    { cluster: unreachable, origin: unreachable },
    'skip by platform',
  ],
  [
    'a certificate that is told already',
    'cluster',
    { cluster: badTls, origin: badTls },
    'skip by tls',
  ],
  [
    'only the cluster does not answer',
    'cluster',
    { cluster: unreachable },
    'fail network.unreachable',
  ],
  [
    'a cluster that is silent behind a server that is not',
    'cluster',
    { cluster: LATE },
    'fail late',
  ],
  [
    'a platform that is silent altogether',
    'cluster',
    { cluster: LATE, origin: LATE },
    'skip by platform',
  ],

  ['no ssh, and a login node', 'ssh', { ssh: noSsh }, 'fail ssh.missing'],
  ['no ssh, and no need of it', 'ssh', { ...direct, ssh: noSsh }, 'skip ssh.notNeeded'],
  ['key files alone', 'keys', { keys: value({ agent: 'none', files: ['/k'] }) }, 'pass keys.found'],
  ['no key at all', 'keys', { keys: value({ agent: 'empty', files: [] }) }, 'warn keys.none'],
  ['keys without ssh', 'keys', { keys: noSsh }, 'skip by ssh'],
  ['keys without a login node', 'keys', direct, 'skip by loginNode'],
  ['a named key', 'keys', named({}), 'pass keys.named'],
  ['a named key without a login node', 'keys', { ...direct, ...named({}) }, 'pass keys.named'],
  ['a named key that is not there', 'keys', { identity: noKey }, 'fail usage.invalidValue'],
  ['a named key that others can read', 'keys', named({ isOpenToOthers: true }), 'fail keys.open'],
  ['a named key at its end', 'keys', named({ expiresAt: NOW }), 'fail keys.expired'],
  [
    'a named key 1 ms before its end',
    'keys',
    named({ expiresAt: inDays(1e-7) }),
    'warn keys.ending',
  ],
  ['a named key for 7 days', 'keys', named({ expiresAt: inDays(7) }), 'warn keys.ending'],
  ['a named key for 8 days', 'keys', named({ expiresAt: inDays(8) }), 'pass keys.named'],
  ['a known host', 'hostKey', {}, 'pass hostKey.known'],
  [
    'an unknown host',
    'hostKey',
    { hostKey: known('ask', []), desktop: hostKey },
    'fail hostKey.unknown',
  ],
  [
    'an unknown host that may be new',
    'hostKey',
    { hostKey: known('accept-new', []) },
    'pass hostKey.acceptsNew',
  ],
  ['a host with another key', 'hostKey', { desktop: hostKey }, 'fail hostKey.changed'],
  ['a host that nobody checks', 'hostKey', { hostKey: known('false') }, 'warn hostKey.unchecked'],
  [
    'an unknown host that nobody checks',
    'hostKey',
    { hostKey: known('no', []) },
    'warn hostKey.unchecked',
  ],
  ['a login without questions', 'loginNode', {}, 'pass loginNode.open'],
  ['no login node', 'loginNode', direct, 'skip via.none'],
  ['a host key that is told already', 'loginNode', { desktop: hostKey }, 'skip by hostKey'],
  [
    'only keys, and none fits',
    'loginNode',
    { desktop: denied('publickey') },
    'fail loginNode.refuses',
  ],
  [
    'a password would do',
    'loginNode',
    { desktop: denied('publickey,password') },
    'warn loginNode.asks',
  ],
  [
    'a code would do',
    'loginNode',
    { desktop: denied('publickey,keyboard-interactive') },
    'warn loginNode.asks',
  ],
  [
    'ssh fails otherwise',
    'loginNode',
    { desktop: error(new DeskError('ssh.exited', { via, exitCode: 255, reason: 'refused' })) },
    'fail loginNode.fails',
  ],
  [
    'silence',
    'loginNode',
    { desktop: error(new DeskError('rfb.timeout', { target: 'x', timeoutMs: 4500 })) },
    'fail loginNode.silent',
  ],
  [
    'a closed node is behind an open login node',
    'loginNode',
    { desktop: closed('connect failed: Connection refused') },
    'pass loginNode.open',
  ],
  ['no ssh to try with', 'loginNode', { ssh: noSsh, desktop: undefined }, 'skip by ssh'],

  ['a node behind the login node', 'nodePort', {}, 'pass nodePort.open'],
  [
    'a closed port',
    'nodePort',
    { desktop: closed('connect failed: Connection refused') },
    'fail nodePort.closed',
  ],
  [
    'forbidden forwarding',
    'nodePort',
    { desktop: closed('administratively prohibited: open failed') },
    'fail nodePort.noForwarding',
  ],
  [
    'a node that is not reached directly',
    'nodePort',
    { ...direct, desktop: closed('timed out') },
    'fail tunnel.unreachable',
  ],
  [
    'a login node that is in the way',
    'nodePort',
    { desktop: denied('publickey') },
    'skip by loginNode',
  ],
  ['no session', 'nodePort', { session: value(undefined) }, 'skip session.none'],
  ['nobody logged in', 'nodePort', { session: undefined }, 'skip by token'],
  [
    'sessions that could not be listed, and nothing else',
    'nodePort',
    { session: unreachable },
    'warn network.unreachable',
  ],
  ['sessions that are late', 'nodePort', { session: LATE }, 'warn late'],
  [
    'a session at an address that is not safe',
    'nodePort',
    { session: error(new DeskError('unsafe.value', { field: 'ip', value: 'x' })) },
    'fail unsafe.value',
  ],
  ['a desktop', 'rfb', {}, 'pass rfb.greets'],
  [
    'something else',
    'rfb',
    { desktop: error(new DeskError('rfb.notRfb', { target: 'x', received: 'HTTP' })) },
    'fail rfb.notRfb',
  ],
  [
    'a desktop that locks us out',
    'rfb',
    { desktop: error(new DeskError('rfb.lockedOut', { target: 'x', reason: 'x' })) },
    'fail rfb.lockedOut',
  ],
  ['a port that is closed', 'rfb', { desktop: closed('refused') }, 'skip by nodePort'],

  ['a viewer', 'viewers', {}, 'pass viewers.found'],
  ['no viewer', 'viewers', { viewers: none }, 'warn viewers.none'],
  [
    'not the viewer that was named',
    'viewers',
    { viewers: none, requestedViewer: 'krdc' },
    'fail viewer.missing',
  ],
  [
    'no viewer requested',
    'viewers',
    { viewers: none, requestedViewer: 'none' },
    'skip viewers.noneWanted',
  ],
  ['no display', 'viewers', { viewers: blind(false) }, 'warn viewers.noDisplay'],
  [
    'no display for the viewer that was named',
    'viewers',
    { viewers: blind(true), requestedViewer: 'tigervnc' },
    'warn viewers.noDisplay',
  ],
  ['no tunnel', 'tunnels', {}, 'pass tunnels.none'],
  [
    'tunnels',
    'tunnels',
    { tunnels: value([{ id: '1f2e3d4c', state: 'connected' }]) },
    'pass tunnels.running',
  ],
  [
    'tunnels of which one failed',
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
  [
    'a browser that is forbidden',
    'browser',
    { browser: browser({ isOff: true }) },
    'skip browser.off',
  ],
  [
    'a browser far away',
    'browser',
    { browser: browser({ canBeSeen: false }) },
    'skip browser.unseen',
  ],
];

it.each(CASES)('%s: %s', (_, check, changes, expected) => {
  expect(verdict(check, changes)).toBe(expected);
});

it('a good machine passes every check, each once and in order', () => {
  const findings = judgeFacts(GOOD);
  expect(findings.map(({ name }) => name)).toEqual(CHECK_NAMES);
  expect(findings.filter(({ status }) => status !== 'pass')).toEqual([]);
});

describe('one cause', () => {
  const causes: readonly (readonly [string, Partial<Facts>, CheckName])[] = [
    ['no network', { origin: unreachable, cluster: unreachable, session: unreachable }, 'platform'],
    ['a bad certificate', { origin: badTls, cluster: badTls, session: badTls }, 'tls'],
    ['a dead token', { cluster: expired, session: expired }, 'cluster'],
    ['an unknown host', { hostKey: known('ask', []), desktop: hostKey }, 'hostKey'],
    ['no ssh', { ssh: noSsh, keys: noSsh, hostKey: noSsh, desktop: undefined }, 'ssh'],
    ['a closed node', { desktop: closed('refused') }, 'nodePort'],
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
  it.each(causes)('%s is told by one check alone', (_, changes, name) => {
    const failed = judgeFacts({ ...GOOD, ...changes }).filter(({ status }) => status === 'fail');
    expect(failed.map((finding) => finding.name)).toEqual([name]);
  });

  it.each(causes)(
    '%s leaves every blocked check pointing at one that is not fine',
    (_, changes) => {
      const findings = judgeFacts({ ...GOOD, ...changes });
      const statusOf = new Map(findings.map(({ name, status }) => [name, status]));
      const blamed = findings.flatMap((one) => (one.code === 'blocked' ? one.details.by : []));
      expect(blamed.filter((name) => statusOf.get(name) === 'pass')).toEqual([]);
    },
  );
});

it('the line to type for a login node is one that ssh takes', () => {
  const finding = findingOf('hostKey', { hostKey: known('ask', []), desktop: hostKey });
  expect(finding.details).toMatchObject({ command: 'ssh -p 65023 me@login.example' });
});

it('what was skipped took no time', () => {
  expect(findingOf('loginNode', direct).elapsedMs).toBe(0);
  expect(findingOf('rfb').elapsedMs).toBe(5);
  expect(findingOf('nodePort', { session: value(TARGET) }).elapsedMs).toBe(5);
});
