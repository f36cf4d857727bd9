import { CHECK_NAMES, type CheckName } from '../../model/finding.js';
import type { Facts, Outcome } from './facts.js';
import type { Finding } from './finding.js';
import { judgeNodePort, judgeRfb } from './judge-desktop.js';
import { judgeCluster, judgeToken } from './judge-login.js';
import {
  judgeAddressSpace,
  judgeBrowser,
  judgeFolder,
  judgeFreePort,
  judgeSettings,
  judgeTemporaryFolder,
  judgeTerminal,
  judgeTunnels,
  judgeViewers,
} from './judge-machine.js';
import { judgeClock, judgeDns, judgePlatform, judgeProxy, judgeTls } from './judge-network.js';
import { judgeHostKey, judgeKeys, judgeLoginNode, judgeSsh } from './judge-ssh.js';

export type CheckedFinding = Finding & {
  readonly name: CheckName;
  /** Duration of the check's main probe in milliseconds; 0 when skipped. */
  readonly elapsedMs: number;
};

interface Check {
  readonly judge: (facts: Facts) => Finding;
  readonly probe: (facts: Facts) => Outcome<unknown> | undefined;
}

/** To add a check, add its name and a row. */
const CHECKS: Readonly<Record<CheckName, Check>> = {
  folder: { judge: judgeFolder, probe: ({ folder }) => folder },
  settings: { judge: judgeSettings, probe: ({ settings }) => settings },
  terminal: { judge: judgeTerminal, probe: ({ terminal }) => terminal },
  freePort: { judge: judgeFreePort, probe: ({ freePort }) => freePort },
  temporaryFolder: {
    judge: judgeTemporaryFolder,
    probe: ({ temporaryFolder }) => temporaryFolder,
  },
  addressSpace: { judge: judgeAddressSpace, probe: ({ addressSpace }) => addressSpace },
  proxy: { judge: judgeProxy, probe: ({ proxy }) => proxy },
  dns: { judge: judgeDns, probe: ({ addresses }) => addresses },
  platform: { judge: judgePlatform, probe: ({ origin }) => origin },
  tls: { judge: judgeTls, probe: ({ origin }) => origin },
  clock: { judge: judgeClock, probe: ({ origin }) => origin },
  token: { judge: judgeToken, probe: ({ login }) => login },
  cluster: { judge: judgeCluster, probe: ({ cluster }) => cluster },
  ssh: { judge: judgeSsh, probe: ({ ssh }) => ssh },
  keys: { judge: judgeKeys, probe: ({ keys, identity }) => identity ?? keys },
  hostKey: { judge: judgeHostKey, probe: ({ hostKey }) => hostKey },
  loginNode: { judge: judgeLoginNode, probe: ({ desktop }) => desktop },
  nodePort: { judge: judgeNodePort, probe: ({ desktop }) => desktop },
  rfb: { judge: judgeRfb, probe: ({ desktop }) => desktop },
  viewers: { judge: judgeViewers, probe: ({ viewers }) => viewers },
  browser: { judge: judgeBrowser, probe: ({ browser }) => browser },
  tunnels: { judge: judgeTunnels, probe: ({ tunnels }) => tunnels },
};

/** Judges all results in the order of the report. */
export function judgeFacts(facts: Facts): readonly CheckedFinding[] {
  return CHECK_NAMES.map((name) => {
    const { judge, probe } = CHECKS[name];
    const finding = judge(facts);
    const elapsedMs = finding.status === 'skip' ? 0 : (probe(facts)?.elapsedMs ?? 0);
    return { name, ...finding, elapsedMs };
  });
}
