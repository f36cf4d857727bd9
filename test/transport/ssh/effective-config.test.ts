import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type LoginNode, parseLoginNode } from '../../../src/model/endpoint.js';
import {
  parseEffectiveConfig,
  readEffectiveConfig,
} from '../../../src/transport/ssh/effective-config.js';
import { describeWith, findReal } from '../../helpers/real-components.js';

const WHOLE = `user me
hostname login.example
port 65023
stricthostkeychecking accept-new
identityfile ~/.ssh/id_ed25519
identityfile /keys/of mine
globalknownhostsfile /etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2
userknownhostsfile ~/.ssh/known_hosts ~/.ssh/known_hosts2
`;

it('parses the output of ssh -G: expands ~ and lists the user’s known_hosts files first', () => {
  expect(parseEffectiveConfig(WHOLE, '/home/me')).toEqual({
    knownAs: '[login.example]:65023',
    policy: 'accept-new',
    identityFiles: ['/home/me/.ssh/id_ed25519', '/keys/of mine'],
    knownHostsFiles: [
      '/home/me/.ssh/known_hosts',
      '/home/me/.ssh/known_hosts2',
      '/etc/ssh/ssh_known_hosts',
      '/etc/ssh/ssh_known_hosts2',
    ],
    identityAgent: undefined,
  });
});

it.each([
  ['the default port', 'hostname a.example\nport 22', 'a.example'],
  ['CRLF line endings', 'hostname a.example\r\nport 22\r\n', 'a.example'],
  ['HostKeyAlias', 'hostname a.example\nport 2222\nhostkeyalias b', 'b'],
])('returns the known_hosts name of the host: %s', (_, text, name) => {
  expect(parseEffectiveConfig(text, '/').knownAs).toBe(name);
});

it.each([
  [
    '/home/Li Lei/.ssh/known_hosts /home/Li Lei/.ssh/known_hosts2',
    ['/home/Li Lei/.ssh/known_hosts', '/home/Li Lei/.ssh/known_hosts2'],
  ],
  [
    'C:\\Users\\Li Lei/.ssh/known_hosts __PROGRAMDATA__\\ssh/ssh_known_hosts',
    ['C:\\Users\\Li Lei/.ssh/known_hosts', '__PROGRAMDATA__\\ssh/ssh_known_hosts'],
  ],
  ['~/a b none', ['/home/me/a b', 'none']],
])('does not split a path that contains spaces: %s', (value, files) => {
  expect(parseEffectiveConfig(`userknownhostsfile ${value}`, '/home/me').knownHostsFiles).toEqual(
    files,
  );
});

describeWith('ssh', 'a real ssh', () => {
  it('that rejects its configuration is reported with the reason, not as a host without keys', async () => {
    const home = mkdtempSync(join(tmpdir(), 'hpc-desk-config-'));
    const config = join(home, 'config');
    writeFileSync(config, 'ProxyJmp bastion\n');
    const script = `#!/bin/sh\nexec ${findReal('ssh')} -F ${config} "$@"\n`;
    writeFileSync(join(home, 'ssh'), script, { mode: 0o755 });
    const look = readEffectiveConfig(parseLoginNode('me@n1') as LoginNode, {
      environment: { PATH: home },
      home,
      signal: new AbortController().signal,
    });
    await expect(look).rejects.toMatchObject({
      code: 'ssh.exited',
      details: { exitCode: 255, reason: `${config}: line 1: Bad configuration option: proxyjmp` },
    });
    rmSync(home, { recursive: true });
  });
});

it.each([
  ['SSH_AUTH_SOCK', undefined],
  ['none', 'none'],
  ['~/agent', '/home/me/agent'],
])('reads IdentityAgent %s as %s', (value, expected) => {
  expect(parseEffectiveConfig(`identityagent ${value}`, '/home/me').identityAgent).toBe(expected);
});

it('returns the defaults for empty output', () => {
  expect(parseEffectiveConfig('', '/')).toMatchObject({ policy: 'ask', knownHostsFiles: [] });
});
