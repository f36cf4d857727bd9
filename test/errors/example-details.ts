import type { ErrorCode, ErrorDetails } from '../../src/errors/codes.js';

const reason = 'Connection refused';
const via = 'me@login.example';
const target = '10.0.41.101:5904';
const origin = 'https://zzhpc.example:65051';
const path = '/home/me/.config/hpc-desk/credentials.json';

/** Realistic details for every error code; where a value is optional, both with it and without. */
export const EXAMPLE_DETAILS: { readonly [Code in ErrorCode]: readonly ErrorDetails[Code][] } = {
  'bug.unexpected': [{ reason: 'x is not a function' }],
  'usage.unknownCommand': [
    { word: 'lgin', suggestion: 'login' },
    { word: 'bogus', suggestion: undefined },
  ],
  'usage.unknownOption': [
    { option: '--jsn', suggestion: '--json' },
    { option: '--bogus', suggestion: undefined },
  ],
  'usage.missingCommand': [{ group: 'vnc' }],
  'usage.missingArgument': [{ argument: 'key' }],
  'usage.missingValue': [{ option: '--output' }],
  'usage.missingOption': [{ option: '--yes', example: 'hpc-desk vnc delete --yes' }],
  'usage.tooManyArguments': [{ word: 'extra' }],
  'usage.invalidValue': [
    { name: '--output', value: 'jsn', expected: 'table, json', suggestion: 'json' },
    { name: 'via', value: '-x', expected: '[USER@]HOST[:PORT]' },
  ],
  'usage.conflict': [{ first: '--json', second: '-o tsv' }],
  'usage.unknownField': [
    { field: 'prt', fields: ['ip', 'port'], suggestion: 'port' },
    { field: 'x', fields: ['ip', 'port'], suggestion: undefined },
  ],
  'usage.formatNotOffered': [{ format: 'name' }],
  'usage.unknownSetting': [
    { key: 'vla', suggestion: 'via' },
    { key: 'x', suggestion: undefined },
  ],
  'usage.secretInArguments': [{ option: '--token', instead: '--token-stdin' }],
  'usage.needsInput': [
    {
      what: 'token',
      example: 'hpc-desk login --api-url https://HOST:PORT --token-stdin < token.txt',
    },
  ],
  'usage.invalidToken': (['empty', 'blank', 'lineBreak', 'nonAscii', 'tooLong'] as const).map(
    (problem) => ({ problem }),
  ),
  'usage.needsTerminal': [{ option: '--show' }],
  'usage.bytesToTerminal': [{ option: '--file -' }],
  'usage.fileExists': [{ path: 'a.png' }],
  'usage.plainHttp': [{ url: 'http://zzhpc.example' }],
  'session.ambiguous': [
    { selector: 'gv', matches: ['gv101:4', 'gv102:1'] },
    { selector: undefined, matches: ['gv101:4', 'gv102:1'] },
  ],
  'tunnel.ambiguous': [
    { selector: undefined, matches: ['1f2e3d4c', '5a6b7c8d'] },
    { selector: 'gv101--me--SIG--4', matches: ['1f2e3d4c', '5a6b7c8d'] },
  ],
  'tunnel.notFound': [
    { selector: undefined },
    { selector: '1f2e', suggestion: '1f2e3d4c' },
    { selector: 'x', suggestion: undefined },
  ],
  'tunnel.notStarted': [{ log: '/home/me/.local/state/hpc-desk/tunnels/1f2e3d4c.log' }],
  'session.notFound': [
    { selector: 'gv101:4' },
    { selector: 'gv101:4', suggestion: 'gv101:5' },
    { selector: undefined },
  ],
  'cluster.ambiguous': [
    { selector: '昆山', matches: ['华东一区【昆山】', '昆山二区'] },
    { selector: undefined, matches: ['华东一区【昆山】', '华中一区【A区】'] },
  ],
  'cluster.disabled': [{ cluster: '华东一区【昆山】' }],
  'cluster.notFound': [{ selector: '昆山' }, { selector: '昆三', suggestion: '昆山' }],
  'profile.notFound': [{ profile: 'work' }, { profile: 'wrok', suggestion: 'work' }],
  'auth.required': [
    { profile: 'default' },
    { profile: 'work' },
    { profile: 'wrok', suggestion: 'work' },
  ],
  'auth.noApiUrl': [{}],
  'auth.expired': [{ expiredAt: '2023-06-07T07:35:46.568Z' }, { expiredAt: undefined }],
  'auth.rejected': [{}],
  'auth.otherOrigin': [{ issuedFor: origin, requested: 'https://other.example' }],
  'platform.refused': [{ platformCode: '10004' }],
  'platform.forbidden': [{ origin }],
  'platform.fault': [{ platformCode: '815008' }],
  'platform.busy': [{}],
  'platform.rateLimited': [{ retryAfterSeconds: 30 }, { retryAfterSeconds: undefined }],
  'network.unreachable': [{ origin, reason: 'ECONNREFUSED' }],
  'network.timeout': [{ origin, timeoutMs: 60_000 }],
  'network.tls': [
    { origin, reason: 'SELF_SIGNED_CERT_IN_CHAIN' },
    { origin, reason: 'CERT_HAS_EXPIRED', clock: '2027-05-01T04:00:00.000Z' },
    { origin, reason: 'CERT_NOT_YET_VALID', clock: '1970-01-01T00:00:00.000Z' },
  ],
  'network.redirect': [{ origin, status: 302, target: 'https://portal.example' }],
  'network.unusableAnswer': [{ endpoint: 'vnc-create', problem: 'HTTP 502, text/html' }],
  'ssh.hostKey': [{ via, reason: 'Host key verification failed' }],
  'ssh.authFailed': [{ via, reason: 'Permission denied (publickey)' }],
  'ssh.exited': [
    { via, exitCode: 255, reason },
    { via, exitCode: null, reason },
  ],
  'tunnel.unreachable': [{ target, reason: 'ECONNREFUSED' }],
  'tunnel.lost': [{ target, reason }],
  'tunnel.portTaken': [{ port: 5901 }],
  'tunnel.cannotListen': [{ reason: 'no space left on device' }],
  'tunnel.peersUnknown': [{ problem: 'noTable' }, { problem: 'sharedUid' }],
  'rfb.notRfb': [{ target, received: 'SSH-2.0-OpenSSH_9.6' }],
  'rfb.broken': [{ target: '10.0.41.101:5904', problem: 'a rectangle outside the screen' }],
  'rfb.authFailed': [{ target }],
  'rfb.lockedOut': [{ target, reason: 'Too many security failures' }],
  'rfb.timeout': [{ target, timeoutMs: 10_000 }],
  'viewer.failed': [
    { viewer: 'TigerVNC', exitCode: 1, reason },
    { viewer: 'TigerVNC', exitCode: null, reason },
    { viewer: 'TigerVNC', exitCode: 0, reason: '' },
  ],
  'bridge.failed': [{ reason }],
  'bridge.unused': [{ limitMs: 90_000 }],
  'ssh.missing': [{ platform: 'linux' }, { platform: 'darwin' }, { platform: 'win32' }],
  'viewer.missing': [
    { viewer: 'auto', known: ['tigervnc'] },
    { viewer: 'tiger', known: ['tigervnc', 'remmina'] },
  ],
  'viewer.noDisplay': [
    { viewer: 'TigerVNC', problem: 'noDisplay' },
    { viewer: 'TigerVNC', problem: 'deadDisplay' },
  ],
  'output.failed': [{ reason: 'ENOSPC' }],
  'xvnc.failed': [{ reason: 'Xvnc: not found on PATH' }],
  'store.damaged': [{ path }],
  'store.unsafe': [
    { path, problem: 'symlink', remedy: 'replace' },
    { path, problem: 'mode 0755', remedy: 'chmod' },
    { path, problem: 'mode 0777', remedy: 'remount' },
  ],
  'store.noHome': [{ variable: 'HOME' }],
  'store.full': [{ path }],
  'system.limit': [
    { limit: 'addressSpace', reason: 'RangeError' },
    { limit: 'openFiles', reason: 'EMFILE' },
  ],
  'store.unusable': [{ path, reason: 'EACCES' }],
  'store.locked': [
    { path, pid: 4321 },
    { path, pid: undefined },
  ],
  'unsafe.value': [{ field: 'ip', value: '127.0.0.1' }],
  'check.failed': [{ failed: ['dns', 'tls'] }],
};
