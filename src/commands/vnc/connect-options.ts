import type { OptionSpec } from '../command.js';
import { allowTargetOption } from '../options.js';
import { routeOptions } from './route-options.js';

export const connectOptions: readonly OptionSpec[] = [
  {
    long: '--viewer',
    value: 'auto|ID|PATH|none',
    isFile: true,
    summary: (messages) => messages.vnc.connect.viewer,
  },
  ...routeOptions,
  { long: '--local-port', value: 'PORT', summary: (messages) => messages.vnc.connect.localPort },
  { long: '--view-only', summary: (messages) => messages.vnc.connect.viewOnly },
  { long: '--full-screen', summary: (messages) => messages.vnc.connect.fullScreen },
  { long: '--no-create', summary: (messages) => messages.vnc.connect.noCreate },
  { long: '--print', summary: (messages) => messages.vnc.connect.print },
  allowTargetOption,
];
