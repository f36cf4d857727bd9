import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment, type Environment } from '../transport/process/child-environment.js';
import { findProgram } from '../transport/process/find-program.js';
import type { DesktopOptions } from './desktop.js';

/**
 * Starts a background, a clock, a window manager and a terminal on a display, as far as they are installed.
 *
 * The terminal echoes input without a shell, and the window manager has no menus or key bindings: nobody who reaches the
 * port can run commands as our user.
 *
 * @param environment - With DISPLAY, XAUTHORITY, and the private folder as TMPDIR.
 * @returns what kills the window manager; all clients exit with their X server anyway.
 */
export function startXClients(
  environment: Environment,
  { heightPx, widthPx }: Pick<DesktopOptions, 'heightPx' | 'widthPx'>,
): () => void {
  const folder = environment.TMPDIR ?? '';
  const configuration = join(folder, 'openbox.xml');
  const session = join(folder, 'session');
  writeFileSync(configuration, OPENBOX_CONFIGURATION, { mode: 0o600 });
  writeFileSync(join(folder, 'greeting'), GREETING, { mode: 0o600 });
  writeFileSync(session, sessionScript(widthPx, heightPx), { mode: 0o600 });
  const openbox = findProgram('openbox', environment);
  // openbox ignores windows mapped while it starts, so it starts the other clients itself.
  const startup = ['--startup', `/bin/sh -c '. "$TMPDIR/session"'`];
  const args = ['--sm-disable', '--config-file', configuration, ...startup];
  const env = childEnvironment(environment);
  const options = { env, cwd: '/', stdio: 'ignore' } as const;
  const child = openbox ? spawn(openbox, args, options) : spawn('/bin/sh', [session], options);
  // The clients are optional.
  child.on('error', () => {});
  return () => void child.kill('SIGKILL');
}

const PANEL_PX = 30;

/** `cat -v` escapes control characters, so that input cannot control the terminal. */
function sessionScript(widthPx: number, heightPx: number): string {
  return `xsetroot -solid '#1f4e79'
xclock -digital -update 30 -strftime '   %a %d %b   %H:%M' -geometry ${widthPx}x${PANEL_PX}+0+${heightPx - PANEL_PX} \\
  -bg '#16324f' -fg white -face 'DejaVu Sans:size=10' -padding 7 &
exec xterm -geometry 84x22+60+50 -title 'hpc-desk sandbox' \\
  -bg '#fdfdfd' -fg '#202020' -fa 'DejaVu Sans Mono' -fs 12 -b 12 -cr '#1f4e79' \\
  -xrm 'XTerm*omitTranslation: popup-menu' \\
  -e /bin/sh -c 'stty -isig eof undef; exec cat -v "$TMPDIR/greeting" -'
`;
}

const GREETING = `
  Welcome to the hpc-desk sandbox.

  This is a real X desktop (TigerVNC Xvnc) on your own machine, and you
  see it the way you would see a session on a graphics node.

  Type to try the keyboard: text appears below, and nothing is run.

    hpc-desk vnc screenshot --file desktop.png    save this picture
    hpc-desk vnc check                            test the connection
    hpc-desk vnc delete --yes                     end this session

`;

/** Windows can be moved and raised; no menus or key bindings that could start a program. */
const OPENBOX_CONFIGURATION = `<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <desktops><number>1</number></desktops>
  <keyboard/>
  <mouse>
    <context name="Titlebar">
      <mousebind button="Left" action="Drag"><action name="Move"/></mousebind>
    </context>
    <context name="Frame">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    </context>
  </mouse>
  <applications>
    <application class="XClock"><decor>no</decor><focus>no</focus><layer>below</layer></application>
  </applications>
</openbox_config>
`;
