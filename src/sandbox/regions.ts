import type { Account } from './account.js';
import type { Claims, TokenIssuer } from './tokens.js';

export interface Region {
  readonly id: string;
  readonly name: string;
}

/** The region of a sandbox that can be used. */
export const REGION: Region = { id: '11250', name: '沙盒一区【本机】' };
/** Another way to the same desktops, where two usable regions are asked for. */
const SECOND_REGION: Region = { id: '11251', name: '沙盒三区【本机】' };

/** One entry of a log-in's answer (API page `get-user-tokens-aksk`). */
export interface RegionToken {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly token: string | null;
}

/** What a log-in answers: the platform's own entry, the usable regions, and one where the account is disabled. */
export function issueRegionTokens(
  tokens: TokenIssuer,
  account: Account,
  usableRegions: 1 | 2,
): readonly RegionToken[] {
  const usable = [REGION, SECOND_REGION].slice(0, usableRegions);
  return [
    { clusterId: '0', clusterName: 'ac', token: issuePlatformToken(tokens, account) },
    ...usable.map((region) => ({
      clusterId: region.id,
      clusterName: region.name,
      token: issueRegionToken(tokens, account, region),
    })),
    { clusterId: '20091', clusterName: '沙盒二区【停用】', token: null },
  ];
}

export function issueRegionToken(
  tokens: TokenIssuer,
  account: Account,
  { id }: Region = REGION,
): string {
  return tokens.issue({
    computeUser: account.clusterUser,
    ...commonClaims(account),
    clusterId: id,
  });
}

/** The region that a token is for. */
export function regionOf({ clusterId }: Pick<Claims, 'clusterId'>): Region {
  return clusterId === SECOND_REGION.id ? SECOND_REGION : REGION;
}

function issuePlatformToken(tokens: TokenIssuer, account: Account): string {
  // The documented sample carries another region's id here, not 0; a client must trust the list instead.
  return tokens.issue({ computeUser: 'root', ...commonClaims(account), clusterId: '11125' });
}

function commonClaims({ user, userId }: Account) {
  return { user, userId, accountStatus: 'Normal', role: '1', creator: 'ac' };
}
