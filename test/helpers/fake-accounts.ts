import type { Accounts, ClusterFacts } from '../../src/platform/accounts.js';
import { makeToken } from './make-token.js';

/** In-memory accounts that record their calls; methods can be replaced. */
export function fakeAccounts(overrides: Partial<Accounts> = {}): Accounts & { calls: string[] } {
  const calls: string[] = [];
  const noted =
    <Arguments extends unknown[], Answer>(name: string, answer: (...args: Arguments) => Answer) =>
    (...args: Arguments) => {
      calls.push([name, ...args.filter((argument) => typeof argument === 'string')].join(' '));
      return answer(...args);
    };
  const nobody = async () => [];
  const center: ClusterFacts = { id: '1', name: 'one', clusterUser: 'u_1', apiUrls: [] };
  return {
    calls,
    logInWithAccessKey: noted('logInWithAccessKey', overrides.logInWithAccessKey ?? nobody),
    logInWithPassword: noted('logInWithPassword', overrides.logInWithPassword ?? nobody),
    describeCluster: noted('describeCluster', overrides.describeCluster ?? (async () => center)),
    renewToken: noted('renewToken', overrides.renewToken ?? (async () => makeToken())),
    isTokenAccepted: noted('isTokenAccepted', overrides.isTokenAccepted ?? (async () => true)),
    clockOffsetMs: overrides.clockOffsetMs ?? (() => 0),
    close: async () => {},
  };
}
