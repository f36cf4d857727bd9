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

it('reads what ssh -G prints, with the home folder filled in and the user’s files first', () => {
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
  ['the ordinary port', 'hostname a.example\nport 22', 'a.example'],
  ['Windows line ends', 'hostname a.example\r\nport 22\r\n', 'a.example'],
  ['an alias', 'hostname a.example\nport 2222\nhostkeyalias b', 'b'],
])('knows a host by its name in known_hosts: %s', (_, text, name) => {
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
])('keeps a path with blanks whole: %s', (value, files) => {
  expect(parseEffectiveConfig(`userknownhostsfile ${value}`, '/home/me').knownHostsFiles).toEqual(
    files,
  );
});

describeWith('ssh', 'a real ssh', () => {
  it('that refuses the configuration is an error with its reason, not a host without keys', async () => {
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
])('takes the agent %s for %s', (value, expected) => {
  expect(parseEffectiveConfig(`identityagent ${value}`, '/home/me').identityAgent).toBe(expected);
});

it('takes silence for the defaults', () => {
  expect(parseEffectiveConfig('', '/')).toMatchObject({ policy: 'ask', knownHostsFiles: [] });
});
