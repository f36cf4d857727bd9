import { DESKTOP_ROWS } from './desktop-rows.js';
import { VENDOR_ROWS } from './vendor-rows.js';
import type { ViewerRow } from './viewer-row.js';
import { doubleColon } from './viewer-row.js';
import { WINDOWS_ROWS } from './windows-rows.js';

/** The viewer table. Its order is the order of preference: `auto` is the first row that is found. */
export const VIEWER_ROWS: readonly ViewerRow[] = [
  VENDOR_ROWS.tigervnc,
  VENDOR_ROWS.turbovnc,
  WINDOWS_ROWS.tightvnc,
  WINDOWS_ROWS.ultravnc,
  VENDOR_ROWS.xtightvnc,
  DESKTOP_ROWS.remoteViewer,
  DESKTOP_ROWS.gvncviewer,
  DESKTOP_ROWS.krdc,
  // These two leave us in the dark after the start.
  DESKTOP_ROWS.remmina,
  DESKTOP_ROWS.gnomeConnections,
  // Its current releases want an account to reach other makers' servers.
  VENDOR_ROWS.realvnc,
  // Often asks for credentials, and hangs on servers that have none.
  DESKTOP_ROWS.screenSharing,
];

/** A program that the user names and the table does not know: it is given `host::port` and nothing else. */
export const CUSTOM_ROW: ViewerRow = {
  id: 'custom',
  name: 'custom',
  places: {},
  path: /(?!)/,
  arguments: (target) => [doubleColon(target)],
  canViewOnly: false,
  password: { kind: 'asks' },
  exit: { kind: 'status' },
};

/** The row of a viewer that was found. */
export function rowOf(id: string): ViewerRow {
  return VIEWER_ROWS.find((row) => row.id === id) ?? CUSTOM_ROW;
}
