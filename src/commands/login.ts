import { chooseLoginMethods, type LoginMethod } from '../domain/login/choose-login-method.js';
import { refuseClearText } from '../domain/login/resolve-login.js';
import { DeskError } from '../errors/desk-error.js';
import { isClearText } from '../model/base-url.js';
import { type StoredLogin, toServerTime } from '../model/login.js';
import { CLOCK_TOLERANCE_MS } from '../model/time.js';
import { LOGIN_FIELDS, viewLogin, withoutSecrets } from './account-view.js';
import { defineCommand, helpOf, type OptionSpec } from './command.js';
import type { Context } from './context.js';

const loginOptions: readonly OptionSpec[] = [
  { flags: '--token-stdin', summary: (messages) => messages.login.tokenStdin },
  { flags: '--user <USER>', summary: (messages) => messages.login.user },
  { flags: '--access-key <KEY>', summary: (messages) => messages.login.accessKey },
  { flags: '--secret-key-stdin', summary: (messages) => messages.login.secretKeyStdin },
  { flags: '--org-id <ID>', summary: (messages) => messages.login.orgId },
  { flags: '--password-stdin', summary: (messages) => messages.login.passwordStdin },
  {
    flags: '--cluster <ID|NAME>',
    origin: 'clusters',
    summary: (messages) => messages.login.cluster,
  },
  { flags: '--remember', summary: (messages) => messages.login.remember },
  { flags: '--platform-url <URL>', summary: (messages) => messages.login.platformUrl },
  { flags: '--auth-url <URL>', summary: (messages) => messages.login.authUrl },
  { flags: '--allow-http', summary: (messages) => messages.login.allowHttp },
];

/** Logs in by token, access key or password and stores the credentials. */
export const login = defineCommand({
  path: ['login'],
  help: helpOf('start', (messages) => messages.login, {
    example: 'hpc-desk login',
    exampleKey:
      'hpc-desk login --user me --access-key KEY --secret-key-stdin --cluster 昆山 < secret.txt',
    exampleStdin: 'hpc-desk login --api-url https://zzhpc.example:65051 --token-stdin < token.txt',
  }),
  options: loginOptions,

  parse: (input) => ({
    readsToken: input.has('--token-stdin'),
    user: input.text('--user'),
    accessKey: input.text('--access-key'),
    readsSecretKey: input.has('--secret-key-stdin'),
    orgId: input.text('--org-id'),
    readsPassword: input.has('--password-stdin'),
    apiUrl: input.text('--api-url'),
    cluster: input.text('--cluster'),
    remembers: input.has('--remember'),
    allowsHttp: input.has('--allow-http'),
  }),

  async run(context, options) {
    const { ask, runtime } = context;
    const { source } = await context.setting('apiUrl');
    const methods = chooseLoginMethods(options, {
      mayAsk: ask.mayAsk,
      hasEnvironmentToken: Boolean(runtime.environment.HPC_DESK_TOKEN),
      hasApiUrl: source === 'option' || source === 'env',
    });
    const index = methods.length === 1 ? 0 : await ask.choose({ kind: 'loginMethod' }, methods);
    const method = methods[index] as LoginMethod;
    await checkUrls(context, options.allowsHttp);
    const { logInBy } = await import('./log-in-by.js');
    const stored = await checkExpiry(context, await logInBy[method](context, options));
    const { value: profile } = await context.setting('profile');
    const { credentials } = await context.store();
    await credentials.save(profile, stored);
    if (stored.accessKey !== undefined) {
      context.progress({ kind: 'keyStored', path: credentials.path });
    }
    return withoutSecrets(profile, stored, credentials.path);
  },

  output: {
    fields: LOGIN_FIELDS,
    names: ({ profile }) => [profile],
  },
  view: (result, ui) => `${ui.theme.good(ui.messages.login.done)}\n${viewLogin(result, ui)}`,
  advise: () => ({ next: ['hpc-desk vnc create'] }),
});

/** Checks the URLs before asking for a secret that would be sent over plain http. */
async function checkUrls(context: Context, allowsHttp: boolean): Promise<void> {
  if (allowsHttp) return;
  for (const name of ['apiUrl', 'platformUrl', 'authUrl'] as const) {
    const { value } = await context.setting(name);
    if (value !== undefined) refuseClearText(value);
  }
}

/** Checks the token's expiry with the server's clock, because the local one may be wrong. @throws auth.expired */
async function checkExpiry(context: Context, login: StoredLogin): Promise<StoredLogin> {
  const now = context.clock.now();
  if (!isExpired(login, now)) return login;
  const corrected = login.clockOffsetMs === 0 ? await readServerClock(context, login) : login;
  if (!isExpired(corrected, now)) return corrected;
  throw new DeskError('auth.expired', { expiredAt: login.expiresAt });
}

async function readServerClock(context: Context, login: StoredLogin): Promise<StoredLogin> {
  const { apiUrl } = login;
  if (isClearText(apiUrl)) return login;
  const diagnostics = await context.machine.diagnostics();
  const { value: limitMs } = await context.setting('timeout');
  const deadline = { limitMs, signal: context.runtime.signal };
  // Without the server's clock the token counts as expired.
  const answer = await diagnostics.askOrigin(apiUrl, deadline).catch(() => undefined);
  if (answer?.date === undefined) return login;
  const clockOffsetMs = answer.date.getTime() - answer.receivedAt.getTime();
  if (Math.abs(clockOffsetMs) <= CLOCK_TOLERANCE_MS) return login;
  context.progress({ kind: 'clockSkewed', offsetMs: clockOffsetMs });
  return { ...login, clockOffsetMs };
}

function isExpired(login: StoredLogin, now: Date): boolean {
  return login.expiresAt !== '' && new Date(login.expiresAt) <= toServerTime(now, login);
}
