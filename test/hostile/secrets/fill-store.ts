import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreState } from './failures.js';
import { PLANTED } from './sentinels.js';

const HOUR_MS = 3_600_000;
const AGES_MS: Partial<Record<StoreState, number>> = { renewable: HOUR_MS, dead: 48 * HOUR_MS };

/** Stores the planted secrets as a login by access key would; the folder must not exist yet. */
export function fillStore(config: string, state: StoreState, url: string): void {
  mkdirSync(config, { mode: 0o700 });
  if (state === 'none') return;
  const age = AGES_MS[state];
  const login = {
    token: PLANTED.token,
    apiUrl: url,
    otherApiUrls: [],
    platformUrl: url,
    user: 'test',
    clusterUser: 'test_1',
    cluster: { id: '1', name: 'one' },
    accountStatus: 'Normal',
    expiresAt: age === undefined ? '' : new Date(Date.now() - age).toISOString(),
    clusters: [{ id: '1', name: 'one', token: PLANTED.token }],
    accessKey: { authUrl: url, accessKey: PLANTED.accessKey, secretKey: PLANTED.secretKey },
  };
  const text = JSON.stringify({ profiles: { default: login } });
  const file = join(config, 'credentials.json');
  writeFileSync(file, state === 'damaged' ? text.slice(0, -9) : text, { mode: 0o600 });
  if (state === 'unsafe') chmodSync(file, 0o666);
}
