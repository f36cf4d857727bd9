import { isAcceptedByCluster } from '../domain/login/is-accepted-by-cluster.js';
import { endOfDead } from '../domain/login/renew-login.js';
import { DeskError } from '../errors/desk-error.js';
import { type CurrentLogin, toServerTime } from '../model/login.js';
import {
  LOGIN_FIELDS,
  type LoginView,
  TOKEN_VARIABLE,
  viewLogin,
  withoutSecrets,
} from './account-view.js';
import { defineCommand } from './command.js';
import type { Context } from './context.js';

export interface WhoamiOptions {
  readonly isVerified: boolean;
}

export interface WhoamiResult extends LoginView {
  readonly tokenSource: 'file' | 'env';
  /** Whether the token itself says that its time is over; false when it does not say. */
  readonly expired: boolean;
  /** Null when the token does not say; never negative. */
  readonly expiresInSeconds: number | null;
}

/** Says who is logged in, where, and how long the token still lives; asks the platform only with `--verify`. */
export const whoami = defineCommand<WhoamiOptions, WhoamiResult>({
  path: ['whoami'],
  help: {
    group: 'account',
    summary: (messages) => messages.whoami.summary,
    examples: [
      { line: 'hpc-desk whoami', caption: (messages) => messages.whoami.example },
      {
        line: 'hpc-desk whoami --field expiresInSeconds',
        caption: (messages) => messages.whoami.exampleField,
      },
      { line: 'hpc-desk whoami --verify', caption: (messages) => messages.whoami.exampleVerify },
    ],
  },
  options: [{ long: '--verify', summary: (messages) => messages.whoami.verify }],
  output: {
    fields: [...LOGIN_FIELDS, 'tokenSource', 'expired', 'expiresInSeconds'],
    names: ({ profile }) => [profile],
  },

  parse: (input) => ({ isVerified: input.has('--verify') }),

  async run(context, { isVerified }) {
    const login = await context.login();
    if (isVerified) await verify(context, login);
    const { tokenSource, expiresAt } = login;
    const storedIn =
      tokenSource === 'env' ? TOKEN_VARIABLE : (await context.store()).credentials.path;
    const leftMs =
      expiresAt === ''
        ? undefined
        : new Date(expiresAt).getTime() - toServerTime(context.clock.now(), login).getTime();
    return {
      ...withoutSecrets(login.profile, login),
      storedIn,
      tokenSource,
      expired: leftMs !== undefined && leftMs <= 0,
      expiresInSeconds: leftMs === undefined ? null : Math.max(0, Math.floor(leftMs / 1000)),
    };
  },

  view: viewLogin,
  advise: ({ expired }, messages) =>
    expired ? { warnings: [messages.whoami.expired], next: ['hpc-desk login'] } : {},
});

/**
 * Asks whether the token is accepted: the platform where it is known, else the cluster's own API.
 *
 * @throws auth.expired; what keeps the platform or the cluster from telling.
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
