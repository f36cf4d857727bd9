import { setMaxListeners } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { release, userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { Deadline, Diagnostics } from '../domain/doctor/diagnostics.js';
import { DeskError } from '../errors/desk-error.js';
import type { BaseUrl } from '../model/base-url.js';
import { DEFAULT_CLOCK } from '../model/time.js';
import { askOrigin } from '../platform/remote/ask-origin.js';
import { chooseProxy } from '../platform/remote/choose-proxy.js';
import { createPlatform } from '../platform/remote/create-platform.js';
import { ignoreErrors } from '../store/ignore-errors.js';
import { inspectFolder, openTunnelRecords } from '../store/store.js';
import { lookUpHost } from '../transport/net/dial.js';
import { findFreePort } from '../transport/net/listen.js';
import { openOwnPeers } from '../transport/net/own-peers.js';
import { orAborted, withDeadline } from '../transport/net/with-deadline.js';
import { readAddressSpaceBytes } from '../transport/process/address-space.js';
import { findTemporaryFolder } from '../transport/process/private-folder.js';
import { describeSsh, findHostKey, findKeys } from '../transport/ssh/inspect-ssh.js';
import { findBrowser } from '../transport/viewer/browser.js';
import { createConnections, type RunParts } from './connections.js';
import { httpDefaults } from './http-defaults.js';
import type { ProcessContext } from './run/process-context.js';
import { readTerminal } from './run/terminal.js';

/** The probes of `doctor` on the real machine. */
export function openDiagnostics(parts: RunParts): Diagnostics {
  const { signal } = parts;
  const { processContext } = parts.streams;
  // All concurrent probes listen to it.
  setMaxListeners(100, signal);
  const { environment, now, home } = processContext;
  const local = (limit: AbortSignal) => ({ environment, home, signal: limit });
  const client = { ...httpDefaults(processContext), sleep: processContext.sleep };

  return {
    machine: machineOf(processContext),
    terminal: terminalOf(processContext),
    signal,
    setting: parts.settingEvenIfDamaged,
    readFolder: async () => inspectFolder(await parts.store()),
    async findFreePort(limit) {
      await (await openOwnPeers()).close();
      return findFreePort(limit);
    },
    findTemporaryFolder: () => findTemporaryFolder(environment),
    readAddressSpaceBytes,
    findProxy: (url) => describeProxy(url, environment),
    lookUpHost,
    askOrigin: (baseUrl, deadline) => askOrigin(baseUrl, { ...client, ...budgetOf(deadline, now) }),
    async readSchedulers({ apiUrl, allowsHttp, token }, deadline) {
      const cluster = createPlatform({
        ...client,
        ...budgetOf(deadline, now),
        apiUrls: [apiUrl],
        allowsHttp,
        token,
        clock: DEFAULT_CLOCK,
        allowLoopback: false,
        log: () => {},
      });
      try {
        return await cluster.readSchedulers();
      } finally {
        await cluster.close();
      }
    },
    async listSessions(deadline) {
      const connections = createConnections({ ...parts, signal: deadline.signal });
      try {
        return await (await connections.platform()).listSessions();
      } finally {
        await connections.close();
      }
    },
    describeSsh: (limit) => describeSsh(environment, limit),
    findKeys: (via, limit) => findKeys(via, local(limit)),
    findHostKey: (via, limit) => findHostKey(via, local(limit)),
    findBrowser: () => findBrowser(processContext),
    listTunnels: () => openTunnelRecords(processContext).list(),
    async within(timeoutMs, probe) {
      const late = new Error('late');
      try {
        return await withDeadline({ timeoutMs, signal, onTimeout: () => late }, async (limit) => ({
          value: await orAborted(probe(limit), limit),
        }));
      } catch (error) {
        if (error === late) return undefined;
        throw error;
      }
    },
    writeNewFile,
  };
}

function budgetOf({ limitMs, signal }: Deadline, now: ProcessContext['now']) {
  const endMs = now().getTime() + limitMs;
  return { signal, remainingMs: () => endMs - now().getTime() };
}

function describeProxy(url: BaseUrl, environment: ProcessContext['environment']) {
  const proxy = chooseProxy(url, environment);
  if (proxy === undefined) return undefined;
  const { protocol, host, username, password } = new URL(proxy.url);
  return { address: `${protocol}//${host}`, hasPassword: username !== '' || password !== '' };
}

function machineOf({ version, platform, hostname, home }: ProcessContext) {
  return {
    version,
    nodeVersion: process.version,
    operatingSystem: platform,
    release: release(),
    architecture: process.arch,
    hostname,
    home,
    userName: ignoreErrors(() => userInfo().username),
  };
}

function terminalOf({ stdout, environment, platform }: ProcessContext) {
  const { LC_ALL, LC_CTYPE, LANG, TERM, MSYSTEM } = environment;
  const { isTerminal, hasColor, columns } = readTerminal(stdout, environment, undefined);
  const locale = LC_ALL || LC_CTYPE || LANG || 'C';
  return {
    isTerminal,
    hasColor,
    columns,
    isDumb: TERM === 'dumb',
    isHidden: platform === 'win32' && MSYSTEM !== undefined && !isTerminal,
    locale: platform === 'win32' ? undefined : locale,
  };
}

async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(path), text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') {
      throw new DeskError('output.failed', { reason: `${path}: ${code}` }, { cause: error });
    }
    const details = { name: '--report', value: path, expected: `NEW FILE (${code})` };
    throw new DeskError('usage.invalidValue', details, { cause: error });
  }
}
