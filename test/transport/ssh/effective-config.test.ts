import { expect, it } from 'vitest';
import { parseEffectiveConfig } from '../../../src/transport/ssh/effective-config.js';

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
  ['SSH_AUTH_SOCK', undefined],
  ['none', 'none'],
  ['~/agent', '/home/me/agent'],
])('takes the agent %s for %s', (value, expected) => {
  expect(parseEffectiveConfig(`identityagent ${value}`, '/home/me').identityAgent).toBe(expected);
});

it('takes silence for the defaults', () => {
  expect(parseEffectiveConfig('', '/')).toMatchObject({ policy: 'ask', knownHostsFiles: [] });
});
