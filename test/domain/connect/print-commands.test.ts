import { expect, it } from 'vitest';
import { connect } from '../../../src/commands/vnc/connect.js';
import { printCommands } from '../../../src/domain/connect/print-commands.js';
import type { HostName, IpAddress, Port, Route } from '../../../src/model/endpoint.js';
import { fakeTransport, TIGER } from '../../helpers/fake-transport.js';

const target = { host: '10.0.41.101' as IpAddress, port: 5904 as Port };
const via = { host: 'login.example' as HostName, port: undefined, user: undefined };
const SSH: Route = { kind: 'ssh', target, via };
const DIRECT: Route = { kind: 'direct', target };
const ODD = { ...TIGER, path: "/opt/my viewer's/vnc" };
const DEFAULTS = { localPort: undefined, link: undefined };
const print = (
  ...rest: Parameters<typeof printCommands> extends [unknown, ...infer Rest] ? Rest : never
) => printCommands(fakeTransport(), ...rest);

it('through ssh: the tunnel command, then the viewer on the local port', () => {
  expect(print(SSH, TIGER, DEFAULTS)).toEqual({
    target,
    tunnel: { argv: ['ssh', '-L', '5904', '--', 'login.example'] },
    viewer: { id: 'tigervnc', argv: [TIGER.path, '127.0.0.1::5904'] },
    shell: 'posix',
    commands: {
      posix: ['ssh -L 5904 -- login.example', '/usr/bin/xtigervncviewer 127.0.0.1::5904'],
      powershell: [
        "& ssh '-L' 5904 '--' login.example",
        '& /usr/bin/xtigervncviewer 127.0.0.1::5904',
      ],
    },
  });
});

it.each(['posix', 'powershell'] as const)('the table output shows the commands for %s', (shell) => {
  const printed = printCommands(fakeTransport({ shell }), SSH, ODD, DEFAULTS);
  const shown = printed.commands[shell].map((line) => [line]);
  expect(connect.output.rows?.(printed)).toEqual(shown);
});

it('through ssh with --local-port', () => {
  const { tunnel, viewer } = print(SSH, TIGER, { ...DEFAULTS, localPort: 40000 as Port });
  expect(tunnel?.argv).toContain('40000');
  expect(viewer?.argv).toContain('127.0.0.1::40000');
});

it('the link profile is passed to the viewer', () => {
  const { viewer } = print(SSH, TIGER, { ...DEFAULTS, link: 'slow' });
  expect(viewer?.argv).toEqual([TIGER.path, '127.0.0.1::5904', 'slow']);
});

it('directly: only the viewer, with the address of the node', () => {
  const { tunnel, viewer } = print(DIRECT, TIGER, DEFAULTS);
  expect(tunnel).toBeNull();
  expect(viewer?.argv).toEqual([TIGER.path, '10.0.41.101::5904']);
});

it('without a viewer: only the tunnel', () => {
  const { viewer, commands } = print(SSH, undefined, DEFAULTS);
  expect(viewer).toBeNull();
  expect(commands.posix).toHaveLength(1);
});

it('directly without a viewer: only the target', () => {
  expect(print(DIRECT, undefined, DEFAULTS)).toEqual({
    target,
    tunnel: null,
    viewer: null,
    shell: 'posix',
    commands: { posix: [], powershell: [] },
  });
});

it('arguments with special characters are quoted for each shell', () => {
  const { posix, powershell } = print(DIRECT, ODD, DEFAULTS).commands;
  expect(posix).toEqual(["'/opt/my viewer'\\''s/vnc' 10.0.41.101::5904"]);
  expect(powershell).toEqual(["& '/opt/my viewer''s/vnc' 10.0.41.101::5904"]);
});
