import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** What a module may import besides itself, `model` and `errors`; in brackets, types only. */
const MAY_IMPORT: Readonly<Record<string, string>> = {
  'main.ts': 'cli',
  'prepare.ts': 'cli',
  'generated-files.ts': 'cli commands completions i18n',
  cli: 'commands domain view i18n platform transport store',
  commands: 'domain view i18n completions sandbox (platform) (transport) (store)',
  domain: '(platform) (transport) (store)',
  sandbox: 'transport/net transport/process transport/forward transport/rfb/byte-reader',
  view: 'i18n',
  // The other parts of transport combine these.
  'transport/net': 'transport/process (transport/transport)',
  'transport/process': 'transport/net (transport/transport)',
  'transport/ssh': 'transport/net transport/process (transport/transport)',
  'transport/rfb': 'transport/net transport/process (transport/transport)',
  'transport/viewer': 'transport/net transport/process (transport/transport)',
  'transport/bridge': 'transport/net transport/process (transport/transport)',
};

const src = join(import.meta.dirname, '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.ts$/.test(file),
);
const textOf = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]));
const imports = files.flatMap((file) =>
  [
    ...(textOf.get(file) ?? '').matchAll(
      /^(?:im|ex)port (type )?[^;]*?from '(.+?)'|import\('(.+?)'\)/gm,
    ),
  ].map(([, type, name = '', lazy = name]) => ({
    file,
    isType: type !== undefined,
    isLazy: name === '',
    target: lazy.startsWith('.') ? join(dirname(file), lazy).replace(/\.js$/, '.ts') : lazy,
  })),
);
const isOurs = ({ target }: { readonly target: string }) => textOf.has(target);

it('modules import only what they may, types included', () => {
  const strays = imports.filter(isOurs).filter(({ file, target, isType }) => {
    const module = Object.keys(MAY_IMPORT).findLast((name) => file.startsWith(name));
    const own = module ?? file.split('/')[0] ?? '';
    const known = `${own} ${MAY_IMPORT[own] ?? ''} ${/^(model|errors)/.test(own) ? '' : 'model errors'}`;
    return !known
      .match(/\S+/g)
      ?.some((name) => target.startsWith(isType ? name.replace(/[()]/g, '') : name));
  });
  expect(strays).toEqual([]);
});

it('imports have no cycles, types included', () => {
  const done = new Set<string>();
  const findCycle = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [[...path, file].join(' → ')];
    if (done.has(file)) return [];
    done.add(file);
    return imports.flatMap((one) =>
      one.file === file ? findCycle(one.target, [...path, file]) : [],
    );
  };
  expect(files.flatMap((file) => findCycle(file, []))).toEqual([]);
});

it('packages are imported by their public names only', () => {
  const names = imports.filter((one) => !isOurs(one)).map(({ target }) => target);
  expect(names.filter((name) => !/^(node:[\w/]+|(@\w+\/)?[\w-]+)$/.test(name))).toEqual([]);
});

it('startup loads no package except commander', () => {
  const loaded = new Set(['main.ts']);
  for (const above of loaded) {
    for (const { file, target, isType, isLazy } of imports) {
      if (file === above && !isType && !isLazy) loaded.add(target);
    }
  }
  const packages = [...loaded].filter((name) => !/\.ts$|^node:/.test(name));
  expect(packages).toEqual(['commander']);
});

it('domain, view, i18n, model and errors use no clock, process or console', () => {
  const pure = files.filter((file) => /^(domain|view|i18n|model|errors)\//.test(file));
  const impure = /\b(process|console)\.[a-z]|\b(Date\.now|Math\.random|setTimeout)\b|new Date\(\)/;
  expect(pure.filter((file) => impure.test(textOf.get(file) ?? ''))).toEqual([]);
});

it('files, folders and the main interfaces stay within their size limits', () => {
  const lines = (file: string) => (textOf.get(file) ?? '').split('\n').length - 1;
  // Message catalogues follow the command tree and may be longer.
  expect(files.filter((file) => lines(file) > 250 && !/^i18n\/(en|zh)\//.test(file))).toEqual([]);
  const inFolder = (folder: string) => files.filter((file) => dirname(file) === folder).length;
  expect(files.map(dirname).filter((folder) => inFolder(folder) > 20)).toEqual([]);
  const members = (file: string, name: string) =>
    (
      new RegExp(`interface ${name}\\b.*\\{\\n([^}]*\\n)\\}`).exec(textOf.get(file) ?? '')?.[1] ??
      ''
    ).match(/^ {2}\w/gm)?.length;
  expect(members('commands/context.ts', 'Context')).toBeLessThanOrEqual(12);
  expect(members('commands/command.ts', 'Command')).toBeLessThanOrEqual(10);
});
