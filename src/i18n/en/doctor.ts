import type { DisplayProblem } from '../../errors/codes.js';
import type { CheckName, CheckStatus } from '../../model/finding.js';

export const checkTitles: Record<CheckName, string> = {
  folder: 'config folder',
  settings: 'settings',
  terminal: 'terminal',
  freePort: 'local port',
  temporaryFolder: 'temporary folder',
  addressSpace: 'address space',
  proxy: 'proxy',
  dns: 'DNS',
  platform: 'platform',
  tls: 'TLS',
  clock: 'clock',
  token: 'token',
  cluster: 'cluster URL',
  ssh: 'ssh',
  keys: 'ssh keys',
  hostKey: 'host key',
  loginNode: 'login node',
  nodePort: 'node port',
  rfb: 'VNC protocol',
  viewers: 'viewer',
  browser: 'browser',
  tunnels: 'tunnels',
};

const statuses: Record<CheckStatus, string> = {
  pass: 'ok',
  warn: 'warning',
  fail: 'failed',
  skip: 'skipped',
};

/** Texts of `doctor` and `viewers`. */
export const doctor = {
  doctor: {
    summary: 'check everything a desktop needs, and suggest fixes',
    via: 'login node to check, instead of the one in the settings',
    viewer: 'viewer to check, instead of the one in the settings',
    report: 'write a report without secrets to a new file',
    example: 'works without login or network',
    exampleReport: 'for a bug report; it is shown first, and nothing is sent',
    exampleField: 'in a script; the exit code is 8 if a check failed',
    titles: checkTitles,
    statuses,
    healthy: 'All required checks passed.',
    unhealthy: (count: number) => (count === 1 ? '1 check failed.' : `${count} checks failed.`),
    reportFollows: (file: string) => `Content of ${file}:`,
  },
  viewers: {
    summary: 'list the VNC viewers on this machine',
    viewer: 'viewer to look for: auto, an ID, a path or none',
    all: 'also show where was searched, and how to install a viewer',
    example: 'viewers found, and the one in use',
    exampleName: 'IDs only, for a script',
    id: 'VIEWER',
    name: 'NAME',
    version: 'VERSION',
    path: 'PATH',
    none: 'No VNC viewer was found.',
    chosen: (id: string, reason: string) => `Using ${id}: ${reason}.`,
    noneChosen: (reason: string) => `No viewer is used: ${reason}.`,
    firstFound: 'first in order of preference',
    requested: (viewer: string, source: string) => `“${viewer}” was requested (${source})`,
    notFound: (viewer: string) => `“${viewer}” was not found`,
    nothingFound: 'none was found',
    unusable: (name: string, problem: DisplayProblem) =>
      `${name} cannot open a window, ${
        problem === 'noDisplay' ? 'DISPLAY is not set' : 'nothing answers where DISPLAY points'
      }`,
    searched: 'Searched:',
    install: 'To install one:',
    mirror: 'Mirror in China:',
    orBrowser: 'or open a local port for any viewer: hpc-desk vnc connect --viewer none',
  },
};
