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
  readonly look: (facts: Facts) => Outcome<unknown> | undefined;
}

/** To add a check, add its name and a row. */
const CHECKS: Readonly<Record<CheckName, Check>> = {
  folder: { judge: judgeFolder, look: ({ folder }) => folder },
  settings: { judge: judgeSettings, look: ({ settings }) => settings },
  terminal: { judge: judgeTerminal, look: ({ terminal }) => terminal },
  freePort: { judge: judgeFreePort, look: ({ freePort }) => freePort },
  temporaryFolder: {
    judge: judgeTemporaryFolder,
    look: ({ temporaryFolder }) => temporaryFolder,
  },
  addressSpace: { judge: judgeAddressSpace, look: ({ addressSpace }) => addressSpace },
  proxy: { judge: judgeProxy, look: ({ proxy }) => proxy },
  dns: { judge: judgeDns, look: ({ addresses }) => addresses },
  platform: { judge: judgePlatform, look: ({ origin }) => origin },
  tls: { judge: judgeTls, look: ({ origin }) => origin },
  clock: { judge: judgeClock, look: ({ origin }) => origin },
  token: { judge: judgeToken, look: ({ login }) => login },
  cluster: { judge: judgeCluster, look: ({ cluster }) => cluster },
  ssh: { judge: judgeSsh, look: ({ ssh }) => ssh },
  keys: { judge: judgeKeys, look: ({ keys, identity }) => identity ?? keys },
  hostKey: { judge: judgeHostKey, look: ({ hostKey }) => hostKey },
  loginNode: { judge: judgeLoginNode, look: ({ desktop }) => desktop },
  nodePort: { judge: judgeNodePort, look: ({ desktop }) => desktop },
  rfb: { judge: judgeRfb, look: ({ desktop }) => desktop },
  viewers: { judge: judgeViewers, look: ({ viewers }) => viewers },
  browser: { judge: judgeBrowser, look: ({ browser }) => browser },
  tunnels: { judge: judgeTunnels, look: ({ tunnels }) => tunnels },
};

/** Judges all results in the order of the report. */
export function judgeFacts(facts: Facts): readonly CheckedFinding[] {
  return CHECK_NAMES.map((name) => {
    const { judge, look } = CHECKS[name];
    const finding = judge(facts);
    const elapsedMs = finding.status === 'skip' ? 0 : (look(facts)?.elapsedMs ?? 0);
    return { name, ...finding, elapsedMs };
  });
}
