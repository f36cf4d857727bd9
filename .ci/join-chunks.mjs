// Joins what is always loaded together into one file: opening a file costs as much as running what is in it, and what V8
// makes of a file is kept only for large ones.
import path from 'node:path';
import { build } from 'esbuild';

/**
 * @param chunks - esbuild's ES modules, name → text.
 * @param outputs - The outputs of its metafile.
 * @param groups - Name of a file → the sources that it is loaded for, and lists of which it holds what all of them need; in
 * this order, what several need goes to the first.
 * @returns The files, name → text, and where the chunks went that are in them: name → how to require its exports.
 */
export async function joinChunks(chunks, outputs, groups) {
  const files = new Map();
  const places = new Map();
  for (const [file, sources] of Object.entries(groups)) {
    const names = sources.flatMap((source) => {
      const [first, ...others] = [source].flat().map((one) => followImports(outputs, one));
      return first.filter((name) => others.every((other) => other.includes(name)));
    });
    const own = [...new Set(names)].filter((name) => !places.has(name));
    const lines = own.map((name, index) => {
      places.set(name, `require("./${file}").$${index}`);
      return `import * as $${index} from './${name}'; export { $${index} };`;
    });
    // What marks the exports of a module, by which `import()` finds its default one.
    const held = own.map((_, index) => `$${index}`);
    lines.push(
      `for (const one of [${held}]) Object.defineProperty(one, '__esModule', { value: true });`,
    );
    // The program's own entry is called from outside, by its exports.
    if (own.includes(file)) lines.push(`export * from './${file}';`);
    files.set(file, await bundle(lines.join('\n'), chunks, own));
  }
  return { files, places };
}

/** The chunk of a source, and what it imports before it runs. */
function followImports(outputs, source) {
  const isOf = ([, { entryPoint }]) => entryPoint?.endsWith(source);
  const [start] = Object.entries(outputs).find(isOf) ?? [];
  if (start === undefined) throw new Error(`no chunk begins with ${source}`);
  const found = new Set();
  const follow = (name) => {
    found.add(name);
    for (const { path: file, kind, external } of outputs[`dist/${name}`].imports) {
      const next = path.basename(file);
      if (!external && kind === 'import-statement' && !found.has(next)) follow(next);
    }
  };
  follow(path.basename(start));
  return [...found];
}

async function bundle(contents, chunks, own) {
  const readFrom = {
    name: 'read-chunks',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\// }, ({ path: file }) => {
        const name = path.basename(file);
        return own.includes(name)
          ? { path: name, namespace: 'chunk' }
          : { path: file, external: true };
      });
      onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path: name }) => ({
        contents: chunks.get(name),
        resolveDir: '/',
      }));
    },
  };
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '/' },
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    plugins: [readFrom],
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}
