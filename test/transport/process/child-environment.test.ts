import { expect, test } from 'vitest';
import { childEnvironment } from '../../../src/transport/process/child-environment.js';

test.each([
  ['HPC_DESK_TOKEN', 'secret'],
  ['HPC_DESK_VNC_PASSWORD', 'secret'],
  ['hpc_desk_token', 'secret'],
  ['https_proxy', 'http://user:secret@proxy:3128'],
  ['HTTP_PROXY', 'http://user:secret@proxy:3128'],
  ['ALL_PROXY', 'socks5://user@proxy'],
])('%s=%s is not passed to a child', (name, value) => {
  expect(childEnvironment({ [name]: value, KEPT: '1' })).toEqual({ KEPT: '1' });
});

test.each([
  ['PATH', '/usr/bin'],
  ['SSH_AUTH_SOCK', '/run/agent@1'],
  ['https_proxy', 'http://proxy:3128'],
  ['VNC_PASSWORD', 'meant for the viewer'],
])('%s=%s is passed to a child', (name, value) => {
  expect(childEnvironment({ [name]: value })).toEqual({ [name]: value });
});

test('an undefined variable is omitted', () => {
  expect(childEnvironment({ DISPLAY: undefined })).toEqual({});
});
