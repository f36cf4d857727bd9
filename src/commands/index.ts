import { listClusters, useCluster } from './clusters.js';
import type { Command } from './command.js';
import { installCompletionCommand, uninstallCompletionCommand } from './completion/install.js';
import { printCompletion } from './completion/print.js';
import { getSetting, listSettings, setSetting, showPath, unsetSetting } from './config.js';
import { doctor } from './doctor.js';
import { login } from './login.js';
import { logout } from './logout.js';
import { sandbox } from './sandbox.js';
import { listTunnels, stopTunnels } from './tunnels.js';
import { version } from './version.js';
import { viewers } from './viewers.js';
import { check } from './vnc/check.js';
import { connect } from './vnc/connect.js';
import { create } from './vnc/create.js';
import { deleteSession } from './vnc/delete.js';
import { list } from './vnc/list.js';
import { open } from './vnc/open.js';
import { screenshot } from './vnc/screenshot.js';
import { show } from './vnc/show.js';
import { whoami } from './whoami.js';

export const commands: readonly Command[] = [
  login,
  sandbox,
  doctor,
  create,
  list,
  show,
  connect,
  screenshot,
  check,
  open,
  deleteSession,
  listTunnels,
  stopTunnels,
  viewers,
  whoami,
  logout,
  listClusters,
  useCluster,
  listSettings,
  getSetting,
  setSetting,
  unsetSetting,
  showPath,
  printCompletion,
  installCompletionCommand,
  uninstallCompletionCommand,
  version,
];
