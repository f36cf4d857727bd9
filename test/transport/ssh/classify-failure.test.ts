import { expect, test } from 'vitest';
import {
  type IpAddress,
  type LoginNode,
  type Port,
  parseLoginNode,
} from '../../../src/model/endpoint.js';
import { classifyFailure } from '../../../src/transport/ssh/classify-failure.js';

const route = {
  kind: 'ssh',
  target: { host: '10.0.0.7' as IpAddress, port: 5904 as Port },
  via: parseLoginNode('zhang@login.example.org') as LoginNode,
} as const;

const CHANGED_KEY = `@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
Someone could be eavesdropping on you right now (man-in-the-middle attack)!
It is also possible that a host key has just been changed.
The fingerprint for the ED25519 key sent by the remote host is
SHA256:oXamE4GzaE5+QRs/fX0rQd73pHDbqGZ7plodoXvDs/I.
Please contact your system administrator.
Add correct host key in /home/zhang/.ssh/known_hosts to get rid of this message.
Offending ED25519 key in /home/zhang/.ssh/known_hosts:1
  remove with:
  ssh-keygen -f "/home/zhang/.ssh/known_hosts" -R "login.example.org"
Host key for login.example.org has changed and you have requested strict checking.
Host key verification failed.`;

const BANNER = 'Welcome. Host key verification failed. Permission denied (publickey)';

// Messages printed by OpenSSH 9.2, with names replaced.
test.each([
  [
    'an unknown host key',
    'Host key verification failed.',
    'ssh.hostKey',
    'Host key verification failed.',
  ],
  [
    'an unknown host key under strict checking',
    'No ED25519 host key is known for [login.example.org]:2222 and you have requested strict checking.\r\nHost key verification failed.\r\n',
    'ssh.hostKey',
    'No ED25519 host key is known for [login.example.org]:2222 and you have requested strict checking.',
  ],
  [
    'a changed host key',
    CHANGED_KEY,
    'ssh.hostKey',
    'Host key for login.example.org has changed and you have requested strict checking.',
  ],
  [
    'a public key that the server rejects',
    'zhang@login.example.org: Permission denied (publickey,gssapi-keyex).',
    'ssh.authFailed',
    'zhang@login.example.org: Permission denied (publickey,gssapi-keyex).',
  ],
  [
    'an older ssh that omits the user name',
    'Permission denied (publickey,password).',
    'ssh.authFailed',
    'Permission denied (publickey,password).',
  ],
  [
    'a wrong password',
    'Permission denied, please try again.\nzhang@n1: Permission denied (password).',
    'ssh.authFailed',
    'zhang@n1: Permission denied (password).',
  ],
  [
    'too many authentication failures',
    'Received disconnect from 10.1.1.1 port 22:2: Too many authentication failures\nDisconnected from 10.1.1.1 port 22',
    'ssh.authFailed',
    'Received disconnect from 10.1.1.1 port 22:2: Too many authentication failures',
  ],
  [
    'a target that refuses the connection',
    'channel 0: open failed: connect failed: Connection refused\r\nstdio forwarding failed\r\n',
    'tunnel.unreachable',
    'connect failed: Connection refused',
  ],
  [
    'no route to the target',
    'channel 0: open failed: connect failed: No route to host\nstdio forwarding failed',
    'tunnel.unreachable',
    'connect failed: No route to host',
  ],
  [
    'a login node that prohibits forwarding',
    'channel 0: open failed: administratively prohibited: open failed\nstdio forwarding failed',
    'tunnel.unreachable',
    'administratively prohibited: open failed',
  ],
  [
    'a failed forward without a reason',
    'stdio forwarding failed',
    'tunnel.unreachable',
    'stdio forwarding failed',
  ],
  [
    'a login node that refuses the connection',
    'ssh: connect to host n1 port 22: Connection refused',
    'ssh.exited',
    'ssh: connect to host n1 port 22: Connection refused',
  ],
  [
    'a login node whose name does not resolve',
    'ssh: Could not resolve hostname n1: Name or service not known',
    'ssh.exited',
    'ssh: Could not resolve hostname n1: Name or service not known',
  ],
  [
    'a timeout during the banner exchange',
    'Connection timed out during banner exchange\nConnection to n1 port 22 timed out',
    'ssh.exited',
    'Connection timed out during banner exchange',
  ],
  [
    'a server that is not an SSH server',
    'kex_exchange_identification: Connection closed by remote host\nConnection closed by 10.1.1.1 port 22',
    'ssh.exited',
    'kex_exchange_identification: Connection closed by remote host',
  ],
  [
    'a server that stops responding',
    'Timeout, server login.example.org not responding.',
    'ssh.exited',
    'Timeout, server login.example.org not responding.',
  ],
  [
    'a connection closed by the login node',
    'Connection to n1 closed by remote host.',
    'ssh.exited',
    'Connection to n1 closed by remote host.',
  ],
  [
    'an invalid configuration',
    '/home/zhang/.ssh/config line 3: Bad number.\n',
    'ssh.exited',
    '/home/zhang/.ssh/config line 3: Bad number.',
  ],
  ['empty stderr', '', 'ssh.exited', ''],
  [
    'a banner that contains error messages',
    `${BANNER}\nchannel 0: open failed: connect failed: Connection refused`,
    'tunnel.unreachable',
    'connect failed: Connection refused',
  ],
  [
    'a banner line identical to an error message',
    'Host key verification failed.\nzhang@n1: Permission denied (publickey).',
    'ssh.authFailed',
    'zhang@n1: Permission denied (publickey).',
  ],
  [
    'warnings after the reason',
    'ssh: connect to host n1 port 22: Connection refused\n** WARNING: connection is not using a post-quantum key exchange algorithm.\nWarning: Permanently added n1 to the list of known hosts.',
    'ssh.exited',
    'ssh: connect to host n1 port 22: Connection refused',
  ],
])('%s', (_title, stderr, code, reason) => {
  const error = classifyFailure(stderr, 255, route);
  expect(error.code).toBe(code);
  expect(error.details).toMatchObject({ reason });
});

test('failures of the login node name the login node, failures of the target name the target', () => {
  expect(classifyFailure('', 255, route).details).toEqual({
    via: 'zhang@login.example.org',
    exitCode: 255,
    reason: '',
  });
  expect(classifyFailure('stdio forwarding failed', 255, route).details).toMatchObject({
    target: '10.0.0.7:5904',
  });
});

test('a long reason is truncated to 300 characters', () => {
  expect(classifyFailure('x'.repeat(10_000), 255, route).details).toMatchObject({
    reason: 'x'.repeat(300),
  });
});
