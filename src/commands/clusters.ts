import { chooseCluster, describeClusters } from '../domain/login/choose-cluster.js';
import { logIn } from '../domain/login/log-in.js';
import { judgeToken, renewLogin } from '../domain/login/renew-login.js';
import { DeskError } from '../errors/desk-error.js';
import { type StoredLogin, toServerTime } from '../model/login.js';
import { readTokenClaims } from '../model/token.js';
import type { Accounts } from '../platform/accounts.js';
import { LOGIN_FIELDS, viewLogin, withoutSecrets } from './account-view.js';
import { defineCommand, helpOf } from './command.js';

/** Lists the account's clusters from the stored login; sends no request. */
export const listClusters = defineCommand({
  path: ['clusters'],
  help: helpOf('account', (messages) => messages.clusters, {
    example: 'hpc-desk clusters',
    exampleJson: 'hpc-desk clusters --json',
  }),

  run: async (context) => describeClusters(await context.login()),

  output: {
    fields: ['id', 'name', 'usable', 'current', 'accountStatus'],
    isList: true,
    names: (clusters) => clusters.map(({ id }) => id),
  },
  view(clusters, ui) {
    const { labels, clusters: words } = ui.messages;
    return ui.table(
      [labels.id, labels.name, labels.state, labels.accountStatus],
      clusters.map(({ id, name, usable, current, accountStatus }) => [
        id,
        name,
        current ? words.current : usable ? words.usable : words.disabled,
        accountStatus,
      ]),
      '',
    );
  },
});

/** Switches the profile to another cluster of the account. */
export const useCluster = defineCommand({
  path: ['clusters', 'use'],
  help: helpOf('account', (messages) => messages.clusters.use, {
    example: 'hpc-desk clusters use 11250',
    exampleName: 'hpc-desk clusters use 昆山',
  }),
  arguments: [
    {
      name: 'cluster',
      isRequired: true,
      origin: 'clusters',
      summary: (messages) => messages.clusters.use.cluster,
    },
  ],

  parse: (input) => ({ cluster: input.arguments[0] ?? '' }),

  async run(context, { cluster }) {
    const current = await context.login();
    const { credentials } = await context.store();
    const stored = await credentials.load(current.profile);
    if (stored === undefined) throw new DeskError('auth.required', { profile: current.profile });
    context.progress({ kind: 'asking', origin: stored.platformUrl ?? stored.apiUrl });
    const accounts = await context.accounts(stored);
    const now = toServerTime(context.clock.now(), stored);
    const switched = await switchCluster(stored, cluster, accounts, now);
    await credentials.save(current.profile, switched);
    return withoutSecrets(current.profile, switched, credentials.path);
  },

  output: {
    fields: LOGIN_FIELDS,
    names: ({ cluster }) => [cluster.id],
  },
  view: (result, ui) =>
    `${ui.theme.good(ui.messages.clusters.use.done(result.cluster.name))}\n${viewLogin(result, ui)}`,
});

/**
 * Switches a login to another cluster of the account and renews that cluster's token if needed: only the current one's
 * is renewed automatically.
 *
 * @throws cluster.notFound, cluster.ambiguous, cluster.disabled; like `renewLogin`
 */
async function switchCluster(
  login: StoredLogin,
  clusterSelector: string,
  accounts: Accounts,
  now: Date,
): Promise<StoredLogin> {
  const { platformUrl, allowsHttp, user, accessKey, clusters } = login;
  const choices = clusters.map((entry) => ({ ...entry, isUsable: entry.token !== undefined }));
  const { id, name, token } = chooseCluster(choices, clusterSelector);
  // Without a platform the cluster's URLs cannot be looked up. Every usable cluster has a token.
  if (platformUrl === undefined || token === undefined) {
    throw new DeskError('cluster.notFound', { selector: clusterSelector });
  }
  const expiresAt = readTokenClaims(token).expiresAt?.toISOString() ?? '';
  const target = { ...login, cluster: { id, name }, token, expiresAt };
  const isGood = judgeToken(expiresAt, now) === 'good';
  const valid = isGood ? target : await renewLogin(target, accounts, now);
  return logIn(valid.clusters, {
    ...{ accounts, platformUrl, allowsHttp, user, accessKey },
    clusterSelector: id,
    pickCluster: undefined,
  });
}
