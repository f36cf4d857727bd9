import type { FoundViewer } from '../transport.js';
import { VIEWER_ROWS } from './catalogue.js';
import type { Machine } from './machine.js';

/** A name of several viewers, which only their banner tells apart. */
const SHARED_NAME = /[\\/]x?vncviewer[^\\/]*$/;
/** Makes each of these viewers print its banner and exit. */
const HELP_OPTION = '-help';

/**
 * Identifies a viewer by its real path, else by its banner.
 *
 * @param wantsVersion - Runs the program for its version even if its arguments do not depend on it.
 */
export async function identifyViewer(
  path: string,
  machine: Machine,
  wantsVersion: boolean,
): Promise<FoundViewer | undefined> {
  const realPath = (await machine.files.realPath(path)) ?? path;
  const known = VIEWER_ROWS.find((row) => row.path.test(realPath) || row.path.test(path));
  const hasSharedName = SHARED_NAME.test(path) || SHARED_NAME.test(realPath);
  const needsBanner = known === undefined ? hasSharedName : wantsVersion || known.needsVersion;
  const option = known === undefined ? HELP_OPTION : known.versionQuestion;
  const canRun = needsBanner && option !== undefined && runsWithoutWindow(realPath, machine);
  const output = canRun ? await machine.runForText(path, [option]) : '';
  const row = known ?? VIEWER_ROWS.find(({ banner }) => banner?.test(output));
  if (row === undefined) return undefined;
  const problem = path.endsWith('.exe') ? undefined : await machine.findDisplayProblem();
  return {
    id: row.id,
    name: row.name,
    path,
    version: row.banner?.exec(output)?.[1] ?? '',
    takesSocket: row.socketArguments !== undefined && canReachSockets(realPath, machine),
    problem,
  };
}

/** On Windows a console window would stay, macOS would show the application, and Flatpak takes seconds. */
function runsWithoutWindow(path: string, { platform }: Machine): boolean {
  const isApplication = platform === 'win32' || path.endsWith('.exe') || path.includes('.app/');
  return !isApplication && !path.includes('/flatpak/');
}

/** Windows programs cannot use WSL's Unix sockets, and Flatpak has its own `/tmp`. */
function canReachSockets(path: string, { platform }: Machine): boolean {
  return platform !== 'win32' && !path.endsWith('.exe') && !path.includes('/flatpak/');
}
