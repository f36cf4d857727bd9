import { DeskError } from '../../errors/desk-error.js';
import { type Port, parsePort } from '../../model/endpoint.js';
import type { LinkProfile } from '../../transport/transport.js';
import type { OptionSpec, RawInput } from '../command.js';
import { allowTargetOption, oneOf } from '../options.js';
import { routeOptions } from './route-options.js';

const LINKS: readonly LinkProfile[] = ['slow', 'lan'];

export const connectOptions: readonly OptionSpec[] = [
  {
    long: '--viewer',
    value: 'auto|ID|PATH|web|none',
    isFile: true,
    origin: 'viewers',
    summary: (messages) => messages.vnc.connect.viewer,
  },
  {
    long: '--web',
    conflicts: ['--print'],
    summary: (messages) => messages.vnc.connect.web,
  },
  { long: '--keep', summary: (messages) => messages.vnc.connect.keep },
  ...routeOptions,
  { long: '--local-port', value: 'PORT', summary: (messages) => messages.vnc.connect.localPort },
  { long: '--allow-any-user', summary: (messages) => messages.vnc.connect.allowAnyUser },
  { long: '--view-only', summary: (messages) => messages.vnc.connect.viewOnly },
  { long: '--full-screen', summary: (messages) => messages.vnc.connect.fullScreen },
  {
    long: '--profile-link',
    value: 'LINK',
    choices: LINKS,
    summary: (messages) => messages.vnc.connect.profileLink,
  },
  { long: '--no-create', summary: (messages) => messages.vnc.connect.noCreate },
  {
    long: '--detach',
    conflicts: ['--print'],
    summary: (messages) => messages.vnc.connect.detach,
  },
  { long: '--print', summary: (messages) => messages.vnc.connect.print },
  allowTargetOption,
];

/** Whether the page in the browser is wanted. @throws usage.conflict */
export function readWeb(input: RawInput): boolean {
  if (!input.has('--web')) return false;
  const viewer = input.text('--viewer');
  if (viewer !== undefined && viewer !== 'web') {
    throw new DeskError('usage.conflict', { first: '--web', second: '--viewer' });
  }
  return true;
}

/** Undefined leaves every viewer at its own quality. @throws usage.invalidValue */
export function readLink(input: RawInput): LinkProfile | undefined {
  const link = input.text('--profile-link');
  return link === undefined ? undefined : oneOf('--profile-link', link, LINKS);
}

/** Undefined lets us choose the safest way to listen. @throws usage.invalidValue */
export function readLocalPort(input: RawInput): Port | undefined {
  const value = input.text('--local-port');
  const port = value === undefined ? undefined : parsePort(value);
  if (value === undefined || port !== undefined) return port;
  throw new DeskError('usage.invalidValue', { name: '--local-port', value, expected: '1…65535' });
}
