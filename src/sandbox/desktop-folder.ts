import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hideVncPassword } from '../model/vnc-des.js';
import type { Environment } from '../transport/process/child-environment.js';
import { makePrivateFolder } from '../transport/process/private-folder.js';

export type DesktopFolder = Awaited<ReturnType<typeof createDesktopFolder>>;

/**
 * Creates the private files of an Xvnc, with a random X cookie, in a folder (0700) that is removed however this process
 * ends; the caller removes it.
 */
export async function createDesktopFolder(
  environment: Environment,
  vncPassword: string | undefined,
) {
  const { path, remove } = await makePrivateFolder({ isForSocket: true, environment });
  const folder = {
    path,
    xauthority: join(path, 'Xauthority'),
    /** The Unix socket of Xvnc's RFB server. */
    rfbSocket: join(path, 'rfb'),
    passwordFile: vncPassword === undefined ? undefined : join(path, 'passwd'),
    remove,
  };
  const write = (file: string, content: Buffer | string) =>
    writeFile(file, content, { mode: 0o600 });
  try {
    await write(folder.xauthority, encodeXauthority(randomBytes(16)));
    if (vncPassword !== undefined) {
      await write(join(path, 'passwd'), hideVncPassword(Buffer.from(vncPassword)));
    }
    return folder;
  } catch (error) {
    await remove();
    throw error;
  }
}

const NAME = Buffer.from('MIT-MAGIC-COOKIE-1');
/** FamilyWild of Xauth.h: matches every address and, without a number, every display. */
const FAMILY_WILD = 0xffff;

/**
 * Encodes an Xauthority record: family, then length-prefixed address, display number, name and cookie; integers are 16-bit
 * big-endian (libXau, XauWriteAuth).
 */
export function encodeXauthority(cookie: Buffer): Buffer {
  const fields = [Buffer.alloc(0), Buffer.alloc(0), NAME, cookie];
  return Buffer.concat([uint16(FAMILY_WILD), ...fields.flatMap((it) => [uint16(it.length), it])]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}
