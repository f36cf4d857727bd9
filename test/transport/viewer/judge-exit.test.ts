import { expect, test } from 'vitest';
import { CUSTOM_ROW, VIEWER_ROWS } from '../../../src/transport/viewer/catalogue.js';
import { judgeExit, type Verdict } from '../../../src/transport/viewer/start-viewer.js';

/** The last lines of a real TigerVNC 1.12 log. */
const CONNECTED = ` CConnection: Using RFB protocol version 3.8
 CConn:       Using pixel format depth 24 (32bpp) little-endian rgb888
 CConnection: Enabling continuous updates
`;

type Case = [string, string, number | null, string, number, Verdict];

test.each<Case>([
  ['a closed window', 'tigervnc', 0, CONNECTED, 60_000, { kind: 'closed' }],
  [
    'a wrong password with exit code 0',
    'tigervnc',
    0,
    ' CConn:       Authentication failure: Authentication failure\n',
    60_000,
    { kind: 'failed', reason: 'Authentication failure: Authentication failure' },
  ],
  [
    'a refused connection with exit code 0',
    'tigervnc',
    0,
    ' CConn:       unable to connect to socket: Connection refused (111)\n',
    60_000,
    { kind: 'failed', reason: 'unable to connect to socket: Connection refused (111)' },
  ],
  [
    'a lost connection with exit code 0',
    'tigervnc',
    0,
    `${CONNECTED}\nTue Nov 24 06:34:46 2026\n CConn:       End of stream\n`,
    60_000,
    { kind: 'failed', reason: 'End of stream' },
  ],
  [
    'a failure message in another language, by the short run time',
    'tigervnc',
    0,
    ' CConn:       身份验证失败\n',
    300,
    { kind: 'failed', reason: '身份验证失败' },
  ],
  [
    'no display',
    'tigervnc',
    1,
    "TigerVNC Viewer\nCan't open display: :77\n",
    20,
    { kind: 'failed', reason: "Can't open display: :77" },
  ],
  [
    'a wrapped message',
    'tigervnc',
    1,
    ' main:        Termination signal 15 has been received. TigerVNC Viewer will now\n              exit.\n',
    9_000,
    {
      kind: 'failed',
      reason: 'Termination signal 15 has been received. TigerVNC Viewer will now exit.',
    },
  ],
  ['a quick exit with code 0', 'turbovnc', 0, '', 10, { kind: 'closed' }],
  ['stderr output with exit code 0', 'krdc', 0, 'failed to load icon\n', 9_000, { kind: 'closed' }],
  ['exit code 3', 'krdc', 3, 'one\r\ntwo\r\n', 10, { kind: 'failed', reason: 'two' }],
  ['a hand-over to a running instance', 'remmina', 0, '', 10, { kind: 'unknown' }],
  ['a failed hand-over', 'remmina', 1, 'no\n', 10, { kind: 'failed', reason: 'no' }],
])('%s', (_, id, exitCode, stderr, ranMs, verdict) => {
  const row = VIEWER_ROWS.find((known) => known.id === id);
  const end = { exitCode, signal: null, stderr, ranMs };
  expect(row && judgeExit(row, end)).toEqual(verdict);
});

test('a killed viewer reports the signal', () => {
  const end = { exitCode: null, signal: 'SIGSEGV' as const, stderr: '', ranMs: 9_000 };
  expect(judgeExit(CUSTOM_ROW, end)).toEqual({ kind: 'failed', reason: 'SIGSEGV' });
});
