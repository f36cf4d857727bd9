import type { FoundViewer } from '../transport.js';
import { VIEWER_ROWS } from './catalogue.js';
import type { Machine } from './machine.js';

/** The name that several viewers share, so that only the program itself can tell which one it is. */
const SHARED_NAME = /[\\/]x?vncviewer[^\\/]*$/;
/** Every viewer of that name answers this with its banner and ends. */
const WHO_ARE_YOU = '-help';

/**
 * Tells which viewer a program is: by its real path, and where that says nothing by its own words.
 *
 * @param wantsVersion - Whether to ask for the version also where nothing depends on it.
 */
export async function identifyViewer(
  path: string,
  machine: Machine,
  wantsVersion: boolean,
): Promise<FoundViewer | undefined> {
  const realPath = (await machine.files.realPath(path)) ?? path;
  const known = VIEWER_ROWS.find((row) => row.path.test(realPath) || row.path.test(path));
  const hasSharedName = SHARED_NAME.test(path) || SHARED_NAME.test(realPath);
  const mustAsk = known === undefined ? hasSharedName : wantsVersion || known.needsVersion;
  const question = known === undefined ? WHO_ARE_YOU : known.versionQuestion;
  const mayAsk = mustAsk && question !== undefined && answersQuietly(realPath, machine);
  const words = mayAsk ? await machine.runForText(path, [question]) : '';
  const row = known ?? VIEWER_ROWS.find(({ banner }) => banner?.test(words));
  if (row === undefined) return undefined;
  const problem = path.endsWith('.exe') ? undefined : await machine.findDisplayProblem();
  return {
    id: row.id,
    name: row.name,
    path,
    version: row.banner?.exec(words)?.[1] ?? '',
    takesSocket: row.socketArguments !== undefined && seesOurSockets(realPath, machine),
    ...(problem !== undefined && { problem }),
  };
}

/**
 * On Windows the question opens a console window that waits for ever, an application of macOS would show up in the dock,
 * and Flatpak takes seconds to start one.
 */
function answersQuietly(path: string, { platform }: Machine): boolean {
  const isApplication = platform === 'win32' || path.endsWith('.exe') || path.includes('.app/');
  return !isApplication && !path.includes('/flatpak/');
}

/** Windows programs have no Unix sockets, and Flatpak shows a program its own `/tmp`. */
function seesOurSockets(path: string, { platform }: Machine): boolean {
  return platform !== 'win32' && !path.endsWith('.exe') && !path.includes('/flatpak/');
}
