import { DeskError, isDeskError } from '../../errors/desk-error.js';
import { CHECK_NAMES, type CheckName } from '../../model/finding.js';
import { type Finding, fail, failure, judge, type Outcome, pass, skip, warn } from './finding.js';
import type { Facts } from './gather-facts.js';
import { installLines } from './install-lines.js';
import { judgeCluster, judgeToken } from './judge-login.js';
import { judgeClock, judgeDns, judgePlatform, judgeProxy, judgeTls } from './judge-network.js';
import {
  judgeHostKey,
  judgeKeys,
  judgeLoginNode,
  judgeNodePort,
  judgeRfb,
  judgeSsh,
} from './judge-route.js';

export type CheckedFinding = Finding & {
  readonly name: CheckName;
  /** Duration of the check's main probe in milliseconds; 0 when skipped. */
  readonly elapsedMs: number;
};

type Check = readonly [
  judge: (facts: Facts) => Finding,
  probe: (facts: Facts) => Outcome<unknown> | undefined,
];

/** The judge of each check, and its main probe. To add a check, add its name and a row. */
const CHECKS: Readonly<Record<CheckName, Check>> = {
  folder: [judgeFolder, ({ folder }) => folder],
  settings: [judgeSettings, ({ settings }) => settings],
  terminal: [judgeTerminal, ({ terminal }) => terminal],
  freePort: [judgeFreePort, ({ freePort }) => freePort],
  temporaryFolder: [judgeTemporaryFolder, ({ temporaryFolder }) => temporaryFolder],
  addressSpace: [judgeAddressSpace, ({ addressSpace }) => addressSpace],
  proxy: [judgeProxy, ({ proxy }) => proxy],
  dns: [judgeDns, ({ addresses }) => addresses],
  platform: [judgePlatform, ({ origin }) => origin],
  tls: [judgeTls, ({ origin }) => origin],
  clock: [judgeClock, ({ origin }) => origin],
  token: [judgeToken, ({ login }) => login],
  cluster: [judgeCluster, ({ cluster }) => cluster],
  ssh: [judgeSsh, ({ ssh }) => ssh],
  keys: [judgeKeys, ({ keys, identity }) => identity ?? keys],
  hostKey: [judgeHostKey, ({ hostKey }) => hostKey],
  loginNode: [judgeLoginNode, ({ desktop }) => desktop],
  nodePort: [judgeNodePort, ({ desktop }) => desktop],
  rfb: [judgeRfb, ({ desktop }) => desktop],
  viewers: [judgeViewers, ({ viewers }) => viewers],
  browser: [judgeBrowser, ({ browser }) => browser],
  tunnels: [judgeTunnels, ({ tunnels }) => tunnels],
};

/** Judges all results in the order of the report. */
export function judgeFacts(facts: Facts): readonly CheckedFinding[] {
  return CHECK_NAMES.map((name) => {
    const [judge, probe] = CHECKS[name];
    const finding = judge(facts);
    const elapsedMs = finding.status === 'skip' ? 0 : (probe(facts)?.elapsedMs ?? 0);
    return { name, ...finding, elapsedMs };
  });
}

export function judgeFolder({ folder, operatingSystem }: Facts): Finding {
  return judge(folder, ({ path, exists, isWritable }) => {
    if (!isWritable) return fail('folder.readOnly', { path });
    if (!exists) return pass('folder.absent', { path });
    return operatingSystem === 'win32'
      ? skip('folder.unchecked', { path })
      : pass('folder.private', { path });
  });
}

export function judgeSettings({ settings }: Facts): Finding {
  return judge(settings, (values) => {
    const set = Object.entries(values).filter(([, { source }]) => /^(settings|env)$/.test(source));
    return pass('settings.valid', { set: set.map(([name]) => name) });
  });
}

export function judgeTerminal({ terminal, operatingSystem }: Facts): Finding {
  return judge(terminal, ({ isTerminal, isDumb, isHidden, columns, hasColor, locale }) => {
    if (isHidden) return warn('terminal.hidden', {});
    if (!isTerminal) return skip('terminal.piped', {});
    if (isDumb) return pass('terminal.dumb', {});
    const isUtf8 = operatingSystem === 'win32' || locale === undefined || /utf-?8/i.test(locale);
    return isUtf8
      ? pass('terminal.usable', { columns, hasColor })
      : warn('terminal.notUtf8', { locale });
  });
}

export function judgeFreePort({ freePort }: Facts): Finding {
  return judge(
    freePort,
    (port) => pass('freePort.found', { port }),
    (error) => {
      // The hint of tunnel.cannotListen is to run doctor.
      if (isDeskError(error, 'bug.unexpected') || isDeskError(error, 'tunnel.cannotListen')) {
        return fail('freePort.none', { reason: error.details.reason });
      }
      // Viewers that accept a Unix socket need no port.
      return failure(error, isDeskError(error, 'tunnel.peersUnknown') ? 'warn' : 'fail');
    },
  );
}

export function judgeTemporaryFolder({ temporaryFolder }: Facts): Finding {
  return judge(temporaryFolder, ({ path, used, reason }) => {
    if (used === undefined) return fail('temporaryFolder.none', { path, reason });
    return used === path
      ? pass('temporaryFolder.usable', { path })
      : warn('temporaryFolder.replaced', { path, used });
  });
}

/** Below it Node (20 to 26) sometimes runs out of memory. */
const LEAST_ADDRESS_SPACE_BYTES = 1.5 * 1024 ** 3;

export function judgeAddressSpace({ addressSpace }: Facts): Finding {
  return judge(addressSpace, (bytes) => {
    if (bytes === Number.POSITIVE_INFINITY) return pass('addressSpace.unlimited', {});
    const details = { mebibytes: Math.floor(bytes / 1024 ** 2) };
    return bytes >= LEAST_ADDRESS_SPACE_BYTES
      ? pass('addressSpace.enough', details)
      : fail('addressSpace.little', details);
  });
}

/** Fails only for a viewer set by the user: the browser can show the desktop without one. */
export function judgeViewers({ viewers, requestedViewer, operatingSystem }: Facts): Finding {
  return judge(viewers, ({ viewers: found, chosen }) => {
    if (requestedViewer === 'none') return skip('viewers.noneWanted', {});
    const [first] = found;
    if (chosen === undefined && requestedViewer === 'auto' && first?.problem !== undefined) {
      return warn('viewers.noDisplay', { name: first.name, problem: first.problem });
    }
    if (chosen === undefined) {
      const known = found.map(({ id }) => id);
      const install = installLines(operatingSystem).map(({ command }) => command);
      return requestedViewer === 'auto'
        ? warn('viewers.none', { install: install.join(' | ') })
        : failure(new DeskError('viewer.missing', { viewer: requestedViewer, known }));
    }
    const { name, path, problem } = chosen;
    return problem === undefined
      ? pass('viewers.found', { name, path, count: found.length })
      : warn('viewers.noDisplay', { name, problem });
  });
}

export function judgeBrowser({ browser }: Facts): Finding {
  return judge(browser, ({ opener, isOff, canBeSeen }) => {
    if (isOff) return skip('browser.off', {});
    if (!canBeSeen) return skip('browser.unseen', {});
    return opener === undefined ? warn('browser.none', {}) : pass('browser.found', { opener });
  });
}

export function judgeTunnels({ tunnels }: Facts): Finding {
  return judge(tunnels, (all) => {
    const impaired = all.filter(({ state }) => state !== 'connected');
    const ids = (impaired.length > 0 ? impaired : all).map(({ id }) => id);
    if (impaired.length > 0) return warn('tunnels.impaired', { ids });
    return ids.length > 0 ? pass('tunnels.running', { ids }) : pass('tunnels.none', {});
  });
}
