import type { CheckName, CheckStatus } from '../../model/finding.js';

export const checkTitles: Record<CheckName, string> = {
  folder: 'folder of hpc-desk',
  settings: 'settings',
  terminal: 'terminal',
  freePort: 'free port',
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
    summary: 'check everything that a desktop needs, and say what to do',
    via: 'login node to check, instead of the one in the settings',
    viewer: 'viewer to check, instead of the one in the settings',
    report: 'write a report without secrets to a new file, after showing it',
    example: 'works without a login and without a network too',
    exampleReport: 'for an issue: shown first, nothing is sent anywhere',
    exampleField: 'in a script; the exit code is 8 when something failed',
    titles: checkTitles,
    statuses,
    healthy: 'Everything that is needed works.',
    unhealthy: (count: number) => (count === 1 ? '1 check failed.' : `${count} checks failed.`),
    reportFollows: (file: string) => `This is what goes into ${file}:`,
  },
  viewers: {
    summary: 'show the VNC viewers of this machine and which one is used',
    viewer: 'viewer to look for: auto, an id, a path or none',
    example: 'what is there, and where it was looked for',
    exampleName: 'ids only, for a script',
    id: 'VIEWER',
    name: 'NAME',
    version: 'VERSION',
    path: 'PATH',
    none: 'No VNC viewer was found.',
    chosen: (id: string, reason: string) => `${id} is used: ${reason}.`,
    noneChosen: (reason: string) => `No viewer is used: ${reason}.`,
    firstFound: 'it comes first in the order of preference',
    wished: (wish: string, source: string) => `“${wish}” was asked for (${source})`,
    notFound: (wish: string) => `“${wish}” was not found`,
    nothingFound: 'none was found',
    searched: 'Searched:',
    install: 'To install one:',
    mirror: 'In China, before that, a mirror:',
    orBrowser: 'or keep a port open for any viewer: hpc-desk vnc connect --viewer none',
  },
};
