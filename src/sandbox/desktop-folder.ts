import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hideVncPassword } from '../model/vnc-des.js';
import { encodeXauthority } from './xauthority.js';

/** The private files of one Xvnc, in a temporary folder with mode 0700. */
export interface DesktopFolder {
  readonly path: string;
  readonly xauthority: string;
  /** Undefined when no password is asked for. */
  readonly passwordFile: string | undefined;
  readonly openboxConfiguration: string;
}

/** Makes the folder and its files with a fresh X cookie; the caller removes `path`. */
export async function createDesktopFolder(vncPassword: string | undefined): Promise<DesktopFolder> {
  const path = await mkdtemp(join(tmpdir(), 'hpc-desk-sandbox-'));
  const folder = {
    path,
    xauthority: join(path, 'Xauthority'),
    passwordFile: vncPassword === undefined ? undefined : join(path, 'passwd'),
    openboxConfiguration: join(path, 'openbox.xml'),
  };
  const write = (file: string, content: Buffer | string) =>
    writeFile(file, content, { mode: 0o600 });
  try {
    await write(folder.xauthority, encodeXauthority(randomBytes(16)));
    await write(folder.openboxConfiguration, OPENBOX_CONFIGURATION);
    await write(join(path, 'greeting'), GREETING);
    if (vncPassword !== undefined) {
      await write(join(path, 'passwd'), hideVncPassword(Buffer.from(vncPassword)));
    }
    return folder;
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  }
}

/** What the terminal of the desktop shows. */
const GREETING = `hpc-desk sandbox

This desktop is a real Xvnc on this machine.
Keys typed here are shown, and nothing runs.

`;

/** Windows can be moved and raised; there is no menu and no key that could start a program. */
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
</openbox_config>
`;
