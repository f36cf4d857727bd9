import type { StoredLogin } from '../model/login.js';
import type { Ui } from '../view/ui.js';

/** A login without secrets. */
export interface LoginView
  extends Pick<
    StoredLogin,
    'user' | 'clusterUser' | 'cluster' | 'apiUrl' | 'accountStatus' | 'expiresAt'
  > {
  /** Null for a login by token and API URL only. */
  readonly platformUrl: string | null;
  readonly profile: string;
  /** The file or variable that holds the token. */
  readonly storedIn: string;
}

export const TOKEN_VARIABLE = 'HPC_DESK_TOKEN';

export const LOGIN_FIELDS = [
  'profile',
  'user',
  'clusterUser',
  'cluster.id',
  'cluster.name',
  'apiUrl',
  'platformUrl',
  'accountStatus',
  'expiresAt',
  'storedIn',
];

/** Lists fields explicitly, so that new fields of the store are not shown by accident. */
export function withoutSecrets(profile: string, login: StoredLogin): Omit<LoginView, 'storedIn'> {
  const { user, clusterUser, cluster, apiUrl, accountStatus, expiresAt } = login;
  const { platformUrl = null } = login;
  return { profile, user, clusterUser, cluster, apiUrl, platformUrl, accountStatus, expiresAt };
}

export function viewLogin(login: LoginView, ui: Ui): string {
  const { labels } = ui.messages;
  const shown = ui.fields([
    [labels.profile, login.profile],
    [labels.user, login.user],
    [labels.clusterUser, login.clusterUser],
    [labels.cluster, [login.cluster.name, login.cluster.id].filter(Boolean).join(' ')],
    [labels.apiUrl, login.apiUrl],
    [labels.accountStatus, login.accountStatus],
    [labels.expires, ui.moment(login.expiresAt)],
    [labels.storedIn, login.storedIn],
  ]);
  return login.storedIn === TOKEN_VARIABLE ? shown : ui.linked(shown, login.storedIn);
}
