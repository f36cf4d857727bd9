// Joins what the program always loads into one file: opening a file costs as much as running what is in it.
import path from 'node:path';
import { build } from 'esbuild';

/**
 * @param chunks - esbuild's ES modules, name → text.
 * @param outputs - The outputs of its metafile.
 * @param start - The chunk that is loaded first; its exports stay as they are.
 * @returns The joined text, and the chunks that are in it, name → the export of `start` that holds what they export.
 */
export async function joinStart(chunks, outputs, start) {
  const names = [...followImports(outputs, start)];
  const joined = new Map(names.map((name, index) => [name, `$${index}`]));
  const lines = [...joined].map(([name, held]) => `export * as ${held} from './${name}';`);
  const { outputFiles } = await build({
    stdin: { contents: [`export * from './${start}';`, ...lines].join('\n'), resolveDir: '/' },
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    plugins: [readFrom(chunks, joined, start)],
    logLevel: 'warning',
  });
  return { text: outputFiles[0].text, joined };
}

/** What a chunk imports before it runs, and what that imports. */
function followImports(outputs, start) {
  const found = new Set();
  const follow = (name) => {
    for (const { path: file, kind, external } of outputs[`dist/${name}`].imports) {
      const next = path.basename(file);
      if (external || kind !== 'import-statement' || found.has(next)) continue;
      found.add(next);
      follow(next);
    }
  };
  follow(start);
  return found;
}

function readFrom(chunks, joined, start) {
  return {
    name: 'read-chunks',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\// }, ({ path: file }) => {
        const name = path.basename(file);
        return name === start || joined.has(name)
          ? { path: name, namespace: 'chunk' }
          : { path: file, external: true };
      });
      onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path: name }) => ({
        contents: chunks.get(name),
        resolveDir: '/',
      }));
    },
  };
}
