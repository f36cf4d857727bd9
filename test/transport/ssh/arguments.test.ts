import { describe, expect, test } from 'vitest';
import {
  type IpAddress,
  type LoginNode,
  type Port,
  parseLoginNode,
} from '../../../src/model/endpoint.js';
import {
  masterArguments,
  type SshRoute,
  stdioForwardArguments,
  tunnelCommand,
} from '../../../src/transport/ssh/arguments.js';

function routeTo(target: string, port: number, via: string): SshRoute {
  return {
    kind: 'ssh',
    target: { host: target as IpAddress, port: port as Port },
    via: parseLoginNode(via) as LoginNode,
  };
}

const route = routeTo('10.0.0.7', 5904, 'zhang@login.example.org:2222');
const quiet = { mayAsk: false, timeoutMs: 60_000 };
const argumentsOf = (...parameters: Parameters<typeof stdioForwardArguments>) =>
  stdioForwardArguments(...parameters).join(' ');

describe('stdioForwardArguments', () => {
  test.each([
    [
      'user, port, target and login node come last',
      route,
      '-l zhang -p 2222 -W 10.0.0.7:5904 -- login.example.org',
    ],
    [
      'an IPv6 target is in brackets',
      routeTo('2001:db8::7', 5901, 'n1'),
      '-W [2001:db8::7]:5901 -- n1',
    ],
    [
      'an IPv6 login node is without brackets',
      routeTo('10.0.0.7', 5901, '[2001:db8::1]:22'),
      '-p 22 -W 10.0.0.7:5901 -- 2001:db8::1',
    ],
    [
      'user and port default to the ssh configuration',
      routeTo('10.0.0.7', 5901, 'n1'),
      'ConnectTimeout=15 -o BatchMode=yes -W 10.0.0.7:5901 -- n1',
    ],
  ])('%s', (_title, given, end) => {
    expect(argumentsOf(given, quiet).endsWith(` ${end}`)).toBe(true);
  });

  test('IgnoreUnknown precedes all other options', () => {
    expect(stdioForwardArguments(route, quiet).slice(0, 2)).toEqual(['-o', 'IgnoreUnknown=*']);
  });

  test.each([
    'ControlMaster=no',
    'ControlPath=none',
    'ControlPersist=no',
    'ForkAfterAuthentication=no',
    'PermitLocalCommand=no',
    'RemoteCommand=none',
    'RequestTTY=no',
    'StdinNull=no',
    'ForwardAgent=no',
    'GSSAPIDelegateCredentials=no',
    'ForwardX11=no',
    'Tunnel=no',
    'ClearAllForwardings=yes',
    'ServerAliveInterval=15',
    'ServerAliveCountMax=3',
    'ConnectTimeout=15',
  ])('%s', (setting) => {
    expect(argumentsOf(route, quiet)).toContain(` -o ${setting} `);
  });

  test('BatchMode is set unless mayAsk is true', () => {
    expect(argumentsOf(route, quiet)).toContain('-o BatchMode=yes');
    expect(argumentsOf(route, { ...quiet, mayAsk: true })).not.toContain('BatchMode');
  });

  test.each(['StrictHostKeyChecking', 'UserKnownHostsFile', 'ProxyJump', 'Identity', '-F'])(
    '%s is left to the user’s configuration',
    (option) => {
      expect(argumentsOf(route, { ...quiet, mayAsk: true })).not.toContain(option);
    },
  );
});

describe('masterArguments', () => {
  const controlPath = '/run/user/7/hpc-desk-x/ssh.sock';

  test('create the control socket, run no command, and disable ControlPersist and forwardings', () => {
    const line = masterArguments(route.via, { ...quiet, mayAsk: true }, controlPath).join(' ');
    expect(line).toContain(`-o ControlMaster=yes -o ControlPath=${controlPath} `);
    expect(line.endsWith(' -l zhang -p 2222 -N -- login.example.org')).toBe(true);
    expect(line).toContain('-o ControlPersist=no -o ForkAfterAuthentication=no ');
    expect(line).toContain('-o ClearAllForwardings=yes ');
  });
});

test('an identity file is passed with IdentitiesOnly=yes, also in tunnelCommand', () => {
  const via = { ...route.via, identityFile: '/home/me/my key.txt' };
  const key = ['-i', '/home/me/my key.txt', '-o', 'IdentitiesOnly=yes', '-l', 'zhang'];
  const carried = stdioForwardArguments({ ...route, via }, quiet);
  expect(carried.slice(carried.indexOf('-i')).slice(0, 6)).toEqual(key);
  const byHand = tunnelCommand({ ...route, via }, 6000 as Port);
  expect(byHand.slice(byHand.indexOf('-i')).slice(0, 6)).toEqual(key);
});

describe('tunnelCommand', () => {
  test.each([
    [
      route,
      'ssh -N -L 127.0.0.1:6000:10.0.0.7:5904 -l zhang -p 2222 -S none -o ExitOnForwardFailure=yes -- login.example.org',
    ],
    [
      routeTo('2001:db8::7', 5901, 'n1'),
      'ssh -N -L 127.0.0.1:6000:[2001:db8::7]:5901 -S none -o ExitOnForwardFailure=yes -- n1',
    ],
  ])('case %#', (given, line) => {
    expect(tunnelCommand(given, 6000 as Port).join(' ')).toBe(line);
  });
});
