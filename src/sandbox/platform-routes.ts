import { type Account, checkPasswordLogin, checkSignedLogin } from './account.js';
import { type Cluster, clusterOf, issueClusterTokens } from './clusters.js';
import type { FaultOptions } from './faults.js';
import { isPlatformToken, type Route, refuse, succeed, withToken } from './route.js';
import type { TokenIssuer } from './tokens.js';

export interface PlatformRouteOptions extends Pick<FaultOptions, 'hpcUrlSuffix' | 'renewalShape'> {
  /** Default 1; with 2 the user has to choose. */
  readonly usableClusters?: 1 | 2;
  readonly account: Account;
  readonly tokens: TokenIssuer;
  readonly now: () => Date;
}

const TOKENS = '/ac/openapi/v2/tokens';

/** The platform's endpoints: login, tokens and cluster (API pages `auth` and `userresource`); those that hpc-desk uses. */
export function platformRoutes(options: PlatformRouteOptions): readonly Route[] {
  const { account, tokens, now, hpcUrlSuffix = '', renewalShape = 'string' } = options;
  const { usableClusters = 1 } = options;
  const logIn = () => succeed(issueClusterTokens(tokens, account, usableClusters));
  const logInWithKeys: Route['run'] = ({ header }) =>
    checkSignedLogin(account, header, now()) ?? logIn();
  const logInWithPassword: Route['run'] = ({ header }) =>
    checkPasswordLogin(account, header) ?? logIn();
  const renew: Route['run'] = ({ header }) => {
    const old = header('token');
    if (!old) return refuse('10003');
    const token = tokens.renew(old);
    const claims = token && tokens.check(token);
    if (!claims) return refuse('10008', '凭证已失效,不能续约');
    if (renewalShape === 'string') return succeed(token);
    const { id, name } = clusterOf(claims);
    const entry = { clusterId: id, clusterName: name, token };
    return succeed(renewalShape === 'list' ? [entry] : { token });
  };
  const checkToken = withToken(tokens, () => succeed('token is valid'));
  const readCenter = withToken(tokens, (claims, { baseUrl }) =>
    isPlatformToken(claims)
      ? { ...refuse('10001'), data: 'internal_error' }
      : succeed(describeCenter(account, clusterOf(claims), baseUrl, hpcUrlSuffix)),
  );
  return [
    { name: 'loginWithKeys', method: 'POST', path: '/api/user/v3/tokens', run: logInWithKeys },
    { name: 'loginWithPassword', method: 'POST', path: TOKENS, run: logInWithPassword },
    { name: 'renewToken', method: 'POST', path: `${TOKENS}/next`, run: renew },
    { name: 'checkToken', method: 'GET', path: `${TOKENS}/state`, run: checkToken },
    { name: 'readCenter', method: 'GET', path: '/ac/openapi/v2/center', run: readCenter },
  ];
}

/** API page `get-center-info`; `enable` is a string, and disabled entries are listed too. */
function describeCenter(
  { clusterUser }: Account,
  { id, name }: Cluster,
  baseUrl: string,
  hpcUrlSuffix: string,
) {
  const service = { isManagerNode: 'false', version: '5.2.2' };
  return {
    id: Number(id),
    name,
    description: 'hpc-desk sandbox',
    clusterUserInfo: { userName: clusterUser, homePath: `/public/home/${clusterUser}` },
    ingressUrls: [{ enable: 'true', ...service, url: baseUrl }],
    hpcUrls: [
      { enable: 'false', ...service, url: `${baseUrl}/out-of-service` },
      { enable: 'true', ...service, url: `${baseUrl}${hpcUrlSuffix}` },
    ],
    efileUrls: [],
    eshellUrls: [],
    aiUrls: [],
  };
}
