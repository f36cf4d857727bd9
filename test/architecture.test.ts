import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

/** What each folder of src may import: `type` where only types are allowed. Everything may use model and errors. */
const MAY_IMPORT: Readonly<Record<string, Readonly<Record<string, 'value' | 'type'>>>> = {
  errors: {},
  model: {},
  i18n: {},
  completions: {},
  store: {},
  web: {},
  platform: {},
  transport: {},
  sandbox: {
    ...{ 'transport/net': 'value', 'transport/process': 'value', 'transport/forward': 'value' },
    'transport/rfb': 'value',
  },
  view: { i18n: 'value' },
  domain: { platform: 'type', transport: 'type', store: 'type' },
  commands: {
    ...{ domain: 'value', view: 'value', i18n: 'value', completions: 'value', sandbox: 'value' },
    ...{ platform: 'type', transport: 'type', store: 'type' },
  },
  cli: {
    ...{ commands: 'value', domain: 'value', view: 'value', i18n: 'value' },
    ...{ platform: 'value', transport: 'value', store: 'value' },
  },
  'main.ts': { cli: 'value' },
  'prepare.ts': { cli: 'value' },
  'generated-files.ts': { cli: 'value', commands: 'value', completions: 'value', i18n: 'value' },
};
/** Parts of `transport` that do not know each other; what needs several of them puts them together from above. */
const APART_IN_TRANSPORT: readonly string[] = ['ssh', 'rfb', 'viewer', 'bridge', 'net', 'process'];
/** Below all of them. */
const LOWEST_IN_TRANSPORT: readonly string[] = ['net', 'process', 'transport.ts'];
/** The one place where each heavy package may be imported. */
const HOME_OF: Readonly<Record<string, readonly string[]>> = {
  undici: ['platform/remote/'],
  valibot: ['platform/remote/', 'store/'],
  conf: ['store/atomic-write.ts'],
  ora: ['view/progress.ts'],
  'cli-table3': ['view/table.ts'],
  chalk: ['view/colour-theme.ts'],
  commander: ['cli/'],
  '@inquirer': ['cli/prompt.ts'],
  open: ['transport/viewer/browser.ts'],
  ws: ['transport/bridge/'],
  '@novnc': ['web/'],
  which: ['transport/process/find-program.ts'],
};
const MAY_TOUCH_THE_WORLD =
  /^(main\.ts|cli\/|web\/(main|facts-panel|first-session|desktop-clipboard|keyboard-field|sweep-warning)\.ts|sandbox\/|transport\/(process|net|forward|rfb|ssh|viewer|bridge)\/|platform\/remote\/collect-response)/;
const WORLD =
  /(?<![\w./-])(process\b(?=[.[?])|console\.\w|Date\.now\b|new Date\(\)|Math\.random\b|setTimeout\b)|'node:process'/g;
const MAX_LINES = 250;
const MAX_FILES = 20;

interface Import {
  readonly file: string;
  /** Path within src, or the name of a package. */
  readonly target: string;
  readonly kind: 'value' | 'type' | 'dynamic';
}

const root = join(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .toSorted();
const textOf = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const imports = files.flatMap(readImports);

it('imports point down', () => {
  const ours = imports.filter(({ target }) => textOf.has(target));
  expect(ours.flatMap(judge)).toEqual([]);
});

it('the parts of transport do not know each other', () => {
  const partOf = (path: string) => (path.startsWith('transport/') ? path.split('/')[1] : undefined);
  const strays = imports.filter(({ file, target }) => {
    const [own = '', other = ''] = [partOf(file), partOf(target)];
    const isNear = other === '' || other === own || LOWEST_IN_TRANSPORT.includes(other);
    return APART_IN_TRANSPORT.includes(own) && !isNear;
  });
  expect(strays.map(({ file, target }) => `${file}: may not import ${target}`)).toEqual([]);
});

it('imports have no cycle, types included', () => {
  const done = new Set<string>();
  const findCycle = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [`${[...path, file].join(' → ')}: an import cycle`];
    if (done.has(file)) return [];
    done.add(file);
    return imports
      .filter((one) => one.file === file)
      .flatMap(({ target }) => findCycle(target, [...path, file]));
  };
  expect(files.flatMap((file) => findCycle(file, []))).toEqual([]);
});

it('each heavy package is imported in its one place', () => {
  const strays = imports.flatMap(({ file, target }) => {
    const home = HOME_OF[target.split('/')[0] ?? ''];
    const isStray = !textOf.has(target) && home?.some((place) => file.startsWith(place)) === false;
    return isStray ? [`${file}: imports ${target}, which belongs in ${home?.join(', ')}`] : [];
  });
  expect(strays).toEqual([]);
});

it('starting loads no package but those that every run needs', () => {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const one of imports) if (one.file === file && one.kind === 'value') visit(one.target);
  };
  visit('main.ts');
  const packages = [...reached].filter((name) => !textOf.has(name) && !name.startsWith('node:'));
  expect(packages.toSorted()).toEqual(['commander']);
});

it('the process, the clock and chance are used at the edges only', () => {
  const uses = files
    .filter((file) => !MAY_TOUCH_THE_WORLD.test(file))
    .flatMap((file) =>
      [...withoutComments(file).matchAll(WORLD)].map(
        ([use]) => `${file}: uses ${use}, which it must be given`,
      ),
    );
  expect(uses).toEqual([]);
});

it('files are short and folders small', () => {
  // The keys of a catalogue follow the command tree, however long that is.
  const long = files.filter(
    (file) =>
      !/^i18n\/(en|zh)\//.test(file) && (textOf.get(file) ?? '').split('\n').length > MAX_LINES + 1,
  );
  expect(long, `longer than ${MAX_LINES} lines`).toEqual([]);
  const folders = [...new Set(files.map(dirname))];
  const filesIn = (folder: string) => files.filter((file) => dirname(file) === folder).length;
  const full = folders.filter((folder) => filesIn(folder) > MAX_FILES);
  expect(full, `more than ${MAX_FILES} files`).toEqual([]);
});

function judge({ file, target, kind }: Import): readonly string[] {
  const own = file.split('/')[0] ?? '';
  const allowed = MAY_IMPORT[own];
  if (allowed === undefined) return [`${file}: is in no folder that this test knows`];
  const isNear = target.startsWith(`${own}/`);
  const isLeaf = /^(model|errors)\//.test(target) && own !== 'model' && own !== 'errors';
  if (isNear || isLeaf) return [];
  const entry = Object.entries(allowed).find(([folder]) => target.startsWith(`${folder}/`));
  if (entry === undefined) return [`${file}: may not import ${target}`];
  const [folder, only] = entry;
  if (only === 'type' && kind !== 'type') return [`${file}: may import ${target} as a type only`];
  return folder === 'sandbox' && kind === 'value'
    ? [`${file}: must import ${target} behind import()`]
    : [];
}

function readImports(file: string): readonly Import[] {
  const statement =
    /^(?:import|export)\s+(?<type>type\s)?(?:[^'"();]*?\sfrom\s+)?'(?<name>[^']+)'|\bimport\(\s*'(?<dynamic>[^']+)'/gm;
  return [...(textOf.get(file) ?? '').matchAll(statement)].map(({ groups }) => {
    const name = groups?.name ?? groups?.dynamic ?? '';
    const target = name.startsWith('.')
      ? relative(root, join(root, dirname(file), name)).replace(/\.js$/, '.ts')
      : name;
    const kind = groups?.dynamic === undefined ? (groups?.type ? 'type' : 'value') : 'dynamic';
    return { file, target, kind };
  });
}

function withoutComments(file: string): string {
  return (textOf.get(file) ?? '').replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
}
