import { listClusters } from './clusters/list.js';
import { useCluster } from './clusters/use.js';
import type { AnyCommand } from './command.js';
import { installCompletionCommand } from './completion/install.js';
import { printCompletion } from './completion/print.js';
import { uninstallCompletionCommand } from './completion/uninstall.js';
import { getSetting } from './config/get.js';
import { listSettings } from './config/list.js';
import { showPath } from './config/path.js';
import { setSetting } from './config/set.js';
import { unsetSetting } from './config/unset.js';
import { doctor } from './doctor.js';
import { login } from './login.js';
import { logout } from './logout.js';
import { sandbox } from './sandbox.js';
import { listTunnels } from './tunnels/list.js';
import { stopTunnels } from './tunnels/stop.js';
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

/** Every command, in the order of help. */
export const commands: readonly AnyCommand[] = [
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
