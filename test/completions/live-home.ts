import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeToken } from '../helpers/make-token.js';
import { reply, type Step } from '../helpers/scripted-server.js';

const FAR_AHEAD = '2099-01-01T00:00:00.000Z';

/** Writes the credentials file of a configuration folder, with one login for each profile. */
export function writeLogins(
  folder: string,
  apiUrl: string,
  profiles: Readonly<Record<string, object>> = { default: {} },
): void {
  const login = {
    token: makeToken({ user: 'me' }),
    apiUrl,
    user: 'me',
    clusterUser: 'me_1',
    cluster: { id: '11250', name: '华东一区【昆山】' },
    accountStatus: 'Normal',
    expiresAt: FAR_AHEAD,
  };
  const entries = Object.entries(profiles).map(([name, rest]) => [name, { ...login, ...rest }]);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const text = JSON.stringify({ profiles: Object.fromEntries(entries) });
  writeFileSync(join(folder, 'credentials.json'), text, { mode: 0o600 });
}

/** The platform's answer to `vnc list`. */
export function sessionsReply(sessions: readonly object[]): Step[] {
  const blank = {
    ...{ id: '1', name: 'gv101:4', hostname: 'gv101', ip: '10.1.2.3', sid: '4', user: 'me' },
    ...{ jobs: '', width: '1920', length: '1080', createDate: '2026-11-24 10:32:00' },
  };
  return reply(
    '0',
    sessions.map((session) => ({ ...blank, ...session })),
  );
}
