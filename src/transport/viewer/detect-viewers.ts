import { posix, win32 } from 'node:path';
import { DeskError } from '../../errors/desk-error.js';
import type { FoundViewer } from '../transport.js';
import { CUSTOM_ROW, VIEWER_ROWS } from './catalogue.js';
import { identifyViewer } from './identify-viewer.js';
import type { Machine } from './machine.js';
import { fillIn, pathsOfPlace, pathsOfProgram } from './viewer-places.js';
import type { Places, ViewerRow, ViewerSystem } from './viewer-row.js';

/** Searches for every row, in the order of the table, Windows programs of WSL last. Prefers usable programs. */
export async function detectViewers(machine: Machine) {
  const cached = cacheAnswers(machine);
  const searches = systemsOf(machine).flatMap((system) =>
    VIEWER_ROWS.map((row) => searchRow(row, row.places[system], cached, true)),
  );
  const results = await Promise.all(searches);
  const found = results.flatMap(({ viewer }) => viewer ?? []);
  const bestOf = (id: string) => {
    const same = found.filter((viewer) => viewer.id === id);
    return same.find(({ problem }) => problem === undefined) ?? same[0];
  };
  return {
    viewers: found.filter((viewer) => viewer === bestOf(viewer.id)),
    /** Absolute paths and names, in order. */
    searched: [...new Set(results.flatMap(({ searched }) => searched))],
  };
}

/** Finds a viewer by name: `auto`, an id of the table, or a path (anything with a slash). @throws viewer.missing */
export async function chooseViewer(selector: string, machine: Machine): Promise<FoundViewer> {
  const isPath =
    selector.includes('/') || (machine.platform === 'win32' && selector.includes('\\'));
  const viewer = isPath ? await findByPath(selector, machine) : await findByName(selector, machine);
  if (viewer === undefined) {
    throw new DeskError('viewer.missing', {
      viewer: selector,
      known: VIEWER_ROWS.map(({ id }) => id),
    });
  }
  return viewer;
}

async function findByPath(selector: string, machine: Machine): Promise<FoundViewer | undefined> {
  const path = (machine.platform === 'win32' ? win32 : posix).resolve(selector);
  if (!(await machine.files.isProgram(path))) return undefined;
  const { id, name } = CUSTOM_ROW;
  const known = await identifyViewer(path, machine, false);
  // Nothing is known about this program.
  return known ?? { id, name, path, version: '', takesSocket: false };
}

/** Finds the viewer for `auto` or an id and stops at the first match; `auto` takes only one that can open a window. */
async function findByName(wanted: string, machine: Machine): Promise<FoundViewer | undefined> {
  const cached = cacheAnswers(machine);
  const rows = VIEWER_ROWS.filter(({ id }) => wanted === 'auto' || wanted === id);
  let unusable: FoundViewer | undefined;
  for (const system of systemsOf(machine)) {
    for (const row of rows) {
      const { viewer } = await searchRow(row, row.places[system], cached, false);
      if (viewer !== undefined && viewer.problem === undefined) return viewer;
      unusable ??= viewer;
    }
  }
  return wanted === 'auto' ? undefined : unusable;
}

function systemsOf({ platform, isWsl }: Machine): ViewerSystem[] {
  if (platform === 'win32' || platform === 'darwin') return [platform];
  return isWsl ? ['linux', 'wsl'] : ['linux'];
}

/** Several rows may find the same program through different links; runs it once. */
function cacheAnswers(machine: Machine): Machine {
  const answers = new Map<string, Promise<string>>();
  return {
    ...machine,
    async runForText(program, args) {
      const key = [(await machine.files.realPath(program)) ?? program, ...args].join('\0');
      const answer = answers.get(key) ?? machine.runForText(program, args);
      answers.set(key, answer);
      return answer;
    },
  };
}

async function searchRow(
  row: ViewerRow,
  places: Places | undefined,
  machine: Machine,
  wantsVersion: boolean,
) {
  const searched: string[] = [];
  for (const place of listPlaces(places ?? {}, machine)) {
    searched.push(place.label);
    for (const path of await place.find()) {
      const isProgram = await machine.files.isProgram(path);
      const viewer = isProgram ? await identifyViewer(path, machine, wantsVersion) : undefined;
      if (viewer?.id === row.id) return { viewer, searched };
    }
  }
  return { viewer: undefined, searched };
}

function listPlaces({ programs = [], paths = [], bundleId, appPath }: Places, machine: Machine) {
  const filled = paths.flatMap((path) => fillIn(path, machine.environment) ?? []);
  return [
    ...programs.map((name) => ({ label: name, find: () => pathsOfProgram(name, machine) })),
    ...filled.map((path) => ({ label: path, find: () => pathsOfPlace(path, machine) })),
    ...(bundleId === undefined
      ? []
      : [{ label: bundleId, find: () => pathsOfBundle(bundleId, machine) }]),
    ...(appPath === undefined
      ? []
      : [{ label: `App Paths\\${appPath}`, find: () => pathsInRegistry(appPath, machine) }]),
  ];
}

/** mdfind(1) finds an application in any folder. */
async function pathsOfBundle(bundleId: string, machine: Machine): Promise<string[]> {
  const text = await machine.runForText('/usr/bin/mdfind', [
    `kMDItemCFBundleIdentifier == '${bundleId}'`,
  ]);
  const bundles = text.split('\n').filter((line) => line.startsWith('/'));
  const paths = bundles.map((bundle) => pathsOfPlace(`${bundle}/Contents/MacOS/*`, machine));
  return (await Promise.all(paths)).flat();
}

/** "Application Registration" of the Windows shell: the key's default value is the program's path. */
async function pathsInRegistry(appPath: string, machine: Machine): Promise<string[]> {
  const isWindows = machine.platform === 'win32';
  const reg = isWindows
    ? fillIn('%SystemRoot%\\System32\\reg.exe', machine.environment)
    : pathsOfProgram('reg.exe', machine).find((path) => WSL_REGISTRY.test(path));
  if (reg === undefined) return [];
  const key = `Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\${appPath}`;
  const texts = ['HKCU', 'HKLM'].map((hive) =>
    machine.runForText(reg, ['query', `${hive}\\${key}`, '/ve']),
  );
  const values = (await Promise.all(texts)).map(
    (text) => /\sREG_(?:EXPAND_)?SZ\s+"?(.+?\.exe)"?\s*$/im.exec(text)?.[1],
  );
  const paths = values.flatMap((value) => value ?? []);
  if (isWindows) return paths;
  const drives = reg.replace(WSL_REGISTRY, '');
  return paths.map((path) =>
    path
      .replace(/^([A-Za-z]):/, (_, drive: string) => `${drives}/${drive.toLowerCase()}`)
      .replaceAll('\\', '/'),
  );
}

/** WSL appends the Windows PATH and mounts its drives below one folder, by default `/mnt`. */
const WSL_REGISTRY = /\/[a-z]\/windows\/system32\/reg\.exe$/i;
