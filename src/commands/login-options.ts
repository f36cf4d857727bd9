import type { OptionSpec } from './command.js';

export const loginOptions: readonly OptionSpec[] = [
  { long: '--token-stdin', summary: (messages) => messages.login.tokenStdin },
  { long: '--user', value: 'USER', summary: (messages) => messages.login.user },
  { long: '--access-key', value: 'KEY', summary: (messages) => messages.login.accessKey },
  { long: '--secret-key-stdin', summary: (messages) => messages.login.secretKeyStdin },
  { long: '--org-id', value: 'ID', summary: (messages) => messages.login.orgId },
  { long: '--password-stdin', summary: (messages) => messages.login.passwordStdin },
  {
    long: '--cluster',
    value: 'ID|NAME',
    origin: 'clusters',
    summary: (messages) => messages.login.cluster,
  },
  { long: '--remember', summary: (messages) => messages.login.remember },
  { long: '--platform-url', value: 'URL', summary: (messages) => messages.login.platformUrl },
  { long: '--auth-url', value: 'URL', summary: (messages) => messages.login.authUrl },
  { long: '--allow-http', summary: (messages) => messages.login.allowHttp },
];
