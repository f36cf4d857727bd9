import { DeskError } from '../../errors/desk-error.js';
import { type Port, parsePort } from '../../model/endpoint.js';
import type { LinkProfile } from '../../transport/transport.js';
import type { OptionSpec, RawInput } from '../command.js';
import { allowTargetOption, oneOf } from '../options.js';
import { readRouteRequest, routeOptions } from './route-options.js';

const LINKS: readonly LinkProfile[] = ['slow', 'lan'];

export const connectOptions: readonly OptionSpec[] = [
  {
    flags: '--viewer <auto|ID|PATH|web|none>',
    isFile: true,
    origin: 'viewers',
    summary: (messages) => messages.vnc.connect.viewer,
  },
  { flags: '--web', conflicts: ['print'], summary: (messages) => messages.vnc.connect.web },
  { flags: '--keep', summary: (messages) => messages.vnc.connect.keep },
  ...routeOptions,
  { flags: '--local-port <PORT>', summary: (messages) => messages.vnc.connect.localPort },
  { flags: '--allow-any-user', summary: (messages) => messages.vnc.connect.allowAnyUser },
  { flags: '--view-only', summary: (messages) => messages.vnc.connect.viewOnly },
  { flags: '--full-screen', summary: (messages) => messages.vnc.connect.fullScreen },
  {
    flags: '--profile-link <LINK>',
    choices: LINKS,
    summary: (messages) => messages.vnc.connect.profileLink,
  },
  { flags: '--no-create', summary: (messages) => messages.vnc.connect.noCreate },
  { flags: '--detach', conflicts: ['print'], summary: (messages) => messages.vnc.connect.detach },
  { flags: '--print', summary: (messages) => messages.vnc.connect.print },
  allowTargetOption,
];

export type ConnectOptions = ReturnType<typeof readConnectOptions>;

/** @throws usage.* */
export function readConnectOptions(input: RawInput) {
  const link = input.text('--profile-link');
  return {
    selector: input.arguments[0],
    mayCreate: !input.has('--no-create'),
    route: readRouteRequest(input),
    localPort: readLocalPort(input),
    allowAnyUser: input.has('--allow-any-user'),
    isPrintOnly: input.has('--print'),
    isDetached: input.has('--detach'),
    wantsWeb: readWeb(input),
    keepsPage: input.has('--keep'),
    viewOnly: input.has('--view-only'),
    fullScreen: input.has('--full-screen'),
    // Undefined keeps the viewer's defaults.
    link: link === undefined ? undefined : oneOf('--profile-link', link, LINKS),
    allowTarget: input.has('--allow-target'),
  };
}

/** Whether to show the desktop in the browser. @throws usage.conflict */
function readWeb(input: RawInput): boolean {
  if (!input.has('--web')) return false;
  const viewer = input.text('--viewer');
  if (viewer !== undefined && viewer !== 'web') {
    throw new DeskError('usage.conflict', { first: '--web', second: '--viewer' });
  }
  return true;
}

/** Undefined picks the safest listener. @throws usage.invalidValue */
function readLocalPort(input: RawInput): Port | undefined {
  const value = input.text('--local-port');
  const port = value === undefined ? undefined : parsePort(value);
  if (value === undefined || port !== undefined) return port;
  throw new DeskError('usage.invalidValue', { name: '--local-port', value, expected: '1…65535' });
}
