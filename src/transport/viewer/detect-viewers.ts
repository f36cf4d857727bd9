import type { FoundViewer, ViewerSearch } from '../transport.js';
import { VIEWER_ROWS } from './catalogue.js';
import { identifyViewer } from './identify-viewer.js';
import type { Machine } from './machine.js';
import { fillIn, pathsOfPlace, pathsOfProgram } from './viewer-places.js';
import type { Places, ViewerRow, ViewerSystem } from './viewer-row.js';

/** Looks for every row of the table on a machine; the viewers come in the order of the table, Windows' own last in WSL. */
export async function detectViewers(machine: Machine): Promise<ViewerSearch> {
  const remembered = rememberAnswers(machine);
  const searches = systemsOf(machine).flatMap((system) =>
    VIEWER_ROWS.map((row) => searchRow(row, row.places[system], remembered)),
  );
  const results = await Promise.all(searches);
  const viewers = results.flatMap(({ viewer }) => viewer ?? []);
  return {
    viewers: viewers.filter(({ id }, index) => viewers.findIndex((v) => v.id === id) === index),
    searched: [...new Set(results.flatMap(({ searched }) => searched))],
  };
}

function systemsOf({ platform, environment }: Machine): ViewerSystem[] {
  if (platform === 'win32' || platform === 'darwin') return [platform];
  return environment.WSL_DISTRO_NAME === undefined ? ['linux'] : ['linux', 'wsl'];
}

/** Several rows meet the same program, which is asked once. */
function rememberAnswers(machine: Machine): Machine {
  const answers = new Map<string, Promise<string>>();
  return {
    ...machine,
    runForText: (program, args) => {
      const key = [program, ...args].join('\0');
      const answer = answers.get(key) ?? machine.runForText(program, args);
      answers.set(key, answer);
      return answer;
    },
  };
}

interface RowSearch {
  readonly viewer: FoundViewer | undefined;
  readonly searched: readonly string[];
}

async function searchRow(
  row: ViewerRow,
  places: Places | undefined,
  machine: Machine,
): Promise<RowSearch> {
  const searched: string[] = [];
  for (const place of listPlaces(places ?? {}, machine)) {
    searched.push(place.label);
    for (const path of await place.paths()) {
      const isProgram = await machine.files.isProgram(path);
      const viewer = isProgram ? await identifyViewer(path, machine) : undefined;
      if (viewer?.id === row.id) return { viewer, searched };
    }
  }
  return { viewer: undefined, searched };
}

interface Place {
  readonly label: string;
  readonly paths: () => Promise<readonly string[]>;
}

function listPlaces({ programs, paths, bundleId, appPath }: Places, machine: Machine): Place[] {
  const filledIn = (paths ?? []).flatMap((path) => fillIn(path, machine.environment) ?? []);
  return [
    ...(programs ?? []).map((name) => ({
      label: name,
      paths: async () => pathsOfProgram(name, machine),
    })),
    ...filledIn.map((path) => ({ label: path, paths: () => pathsOfPlace(path, machine) })),
    ...(bundleId === undefined
      ? []
      : [{ label: bundleId, paths: () => pathsOfBundle(bundleId, machine) }]),
    ...(appPath === undefined
      ? []
      : [{ label: `App Paths\\${appPath}`, paths: () => pathsInRegistry(appPath, machine) }]),
  ];
}

/** mdfind(1) knows an application wherever the user has put it. */
async function pathsOfBundle(bundleId: string, machine: Machine): Promise<string[]> {
  const text = await machine.runForText('/usr/bin/mdfind', [
    `kMDItemCFBundleIdentifier == '${bundleId}'`,
  ]);
  const bundles = text.split('\n').filter((line) => line.startsWith('/'));
  const paths = bundles.map((bundle) => pathsOfPlace(`${bundle}/Contents/MacOS/*`, machine));
  return (await Promise.all(paths)).flat();
}

/** "Application Registration" of the Windows shell: the default value of the key is the path of the program. */
async function pathsInRegistry(appPath: string, machine: Machine): Promise<string[]> {
  const reg = fillIn('%SystemRoot%\\System32\\reg.exe', machine.environment);
  if (reg === undefined) return [];
  const texts = ['HKCU', 'HKLM'].map((hive) =>
    machine.runForText(reg, [
      'query',
      `${hive}\\Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\${appPath}`,
      '/ve',
    ]),
  );
  const values = (await Promise.all(texts)).map(
    (text) => /\sREG_(?:EXPAND_)?SZ\s+"?(.+?\.exe)"?\s*$/im.exec(text)?.[1],
  );
  return values.flatMap((value) => value ?? []);
}
