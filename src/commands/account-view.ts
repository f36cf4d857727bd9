import type { StoredLogin } from '../model/login.js';
import type { Ui } from '../view/ui.js';

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

/**
 * A login without secrets: lists fields explicitly, so that new fields of the store are not shown by accident.
 *
 * @param storedIn - The file or variable that holds the token.
 */
export function withoutSecrets(profile: string, login: StoredLogin, storedIn: string) {
  const { user, clusterUser, cluster, apiUrl, accountStatus, expiresAt } = login;
  // Null for a login by token and API URL only.
  const { platformUrl = null } = login;
  const urls = { apiUrl, platformUrl };
  return { profile, user, clusterUser, cluster, ...urls, accountStatus, expiresAt, storedIn };
}

export type LoginView = ReturnType<typeof withoutSecrets>;

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
