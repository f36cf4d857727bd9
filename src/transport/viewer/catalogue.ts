import { DESKTOP_ROWS } from './desktop-rows.js';
import { VENDOR_ROWS } from './vendor-rows.js';
import type { ViewerRow } from './viewer-row.js';
import { doubleColon } from './viewer-row.js';
import { WINDOWS_ROWS } from './windows-rows.js';

/** All viewers in order of preference: `auto` picks the first one found. */
export const VIEWER_ROWS: readonly ViewerRow[] = [
  VENDOR_ROWS.tigervnc,
  VENDOR_ROWS.turbovnc,
  WINDOWS_ROWS.tightvnc,
  WINDOWS_ROWS.ultravnc,
  VENDOR_ROWS.xtightvnc,
  DESKTOP_ROWS.remoteViewer,
  DESKTOP_ROWS.gvncviewer,
  DESKTOP_ROWS.krdc,
  // Their exit tells nothing: the window belongs to another process.
  DESKTOP_ROWS.remmina,
  DESKTOP_ROWS.gnomeConnections,
  // Current releases require an account for servers of other vendors.
  VENDOR_ROWS.realvnc,
  // Often asks for credentials, and hangs on servers without authentication.
  DESKTOP_ROWS.screenSharing,
];

/** A program named by path that is not in the table: gets `host::port` only. */
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

export function rowOf(id: string): ViewerRow {
  return VIEWER_ROWS.find((row) => row.id === id) ?? CUSTOM_ROW;
}
