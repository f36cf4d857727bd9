import { endOfDead } from '../domain/login/renew-login.js';
import { isAcceptedByCluster } from '../domain/login/renewing-platform.js';
import { DeskError } from '../errors/desk-error.js';
import { type CurrentLogin, toServerTime } from '../model/login.js';
import type { Ui } from '../view/ui.js';
import {
  LOGIN_FIELDS,
  type LoginView,
  TOKEN_VARIABLE,
  viewLogin,
  withoutSecrets,
} from './account-view.js';
import { defineCommand, helpOf } from './command.js';
import type { Context } from './context.js';

export interface WhoamiResult extends LoginView {
  readonly tokenSource: 'file' | 'env';
  /** By the token's own claims; false when it has no expiry. */
  readonly expired: boolean;
  /** Null when the token has no expiry; never negative. */
  readonly expiresInSeconds: number | null;
  /** Whether this run uses it; with HPC_DESK_TOKEN, none of the stored logins. */
  readonly current: boolean;
}

/** Shows the current login and the token's expiry; sends a request only with `--verify`. */
export const whoami = defineCommand({
  path: ['whoami'],
  help: helpOf('account', (messages) => messages.whoami, {
    example: 'hpc-desk whoami',
    exampleField: 'hpc-desk whoami --field expiresInSeconds',
    exampleAll: 'hpc-desk whoami --all',
    exampleVerify: 'hpc-desk whoami --verify',
  }),
  options: [
    { flags: '--all', conflicts: ['verify'], summary: (messages) => messages.whoami.all },
    { flags: '--verify', summary: (messages) => messages.whoami.verify },
  ],

  parse: (input) => ({ isVerified: input.has('--verify'), isAll: input.has('--all') }),

  async run(context, { isVerified, isAll }) {
    if (isAll) return listStored(context);
    const login = await context.login();
    if (isVerified) await verify(context, login);
    const isStored = login.tokenSource === 'file';
    const storedIn = isStored ? (await context.store()).credentials.path : TOKEN_VARIABLE;
    return describe(login, storedIn, context.clock.now(), true);
  },

  output: {
    fields: [...LOGIN_FIELDS, 'tokenSource', 'expired', 'expiresInSeconds'],
    extraFields: ['current'],
    names: (logins) => [logins].flat().map(({ profile }) => profile),
  },
  view: (logins, ui) => ('profile' in logins ? viewLogin(logins, ui) : viewLogins(logins, ui)),
  advise: (logins, messages) =>
    'profile' in logins && logins.expired
      ? { warnings: [messages.whoami.expired], next: ['hpc-desk login'] }
      : {},
});

async function listStored(context: Context): Promise<readonly WhoamiResult[]> {
  const { credentials } = await context.store();
  const { value: used } = await context.setting('profile');
  const isFromFile = !context.runtime.environment[TOKEN_VARIABLE];
  const logins: WhoamiResult[] = [];
  for (const profile of await credentials.list()) {
    const login = await credentials.load(profile);
    if (login === undefined) continue;
    const current = { ...login, profile, tokenSource: 'file' } as const;
    const isUsed = isFromFile && profile === used;
    logins.push(describe(current, credentials.path, context.clock.now(), isUsed));
  }
  return logins;
}

function describe(
  login: CurrentLogin,
  storedIn: string,
  now: Date,
  current: boolean,
): WhoamiResult {
  const { tokenSource, expiresAt } = login;
  const leftMs =
    expiresAt === ''
      ? undefined
      : new Date(expiresAt).getTime() - toServerTime(now, login).getTime();
  return {
    ...withoutSecrets(login.profile, login, storedIn),
    tokenSource,
    expired: leftMs !== undefined && leftMs <= 0,
    expiresInSeconds: leftMs === undefined ? null : Math.max(0, Math.floor(leftMs / 1000)),
    current,
  };
}

function viewLogins(logins: readonly WhoamiResult[], ui: Ui): string {
  const { labels, whoami: words } = ui.messages;
  return ui.table(
    [labels.profile, labels.user, labels.cluster, labels.expires, labels.state],
    logins.map(({ profile, user, cluster, expiresAt, expired, current }) => [
      profile,
      user,
      cluster.name || cluster.id,
      ui.relative(expiresAt),
      [current && words.current, expired && words.isExpired].filter(Boolean).join(', '),
    ]),
    words.none,
  );
}

/**
 * Checks the token with the platform, else with the cluster's API.
 *
 * @throws auth.expired; errors that leave the question open.
 */
async function verify(context: Context, login: CurrentLogin): Promise<void> {
  const { platformUrl, token, apiUrl, expiresAt } = login;
  context.progress({ kind: 'asking', origin: platformUrl ?? apiUrl });
  const isAccepted =
    platformUrl === undefined
      ? await isAcceptedByCluster(await context.platform())
      : await (await context.accounts(login)).isTokenAccepted(token);
  if (isAccepted) return;
  throw new DeskError('auth.expired', {
    expiredAt: endOfDead(expiresAt, toServerTime(context.clock.now(), login)),
  });
}
