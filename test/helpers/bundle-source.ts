import { join } from 'node:path';
import { build, type Plugin } from 'rolldown';
import { bundleStubs } from '../../.ci/bundle-stubs.mjs';

const ROOT = join(import.meta.dirname, '../..');
/** Where `npm run build` puts the page, as an absolute path. */
const PAGE_FOLDER = join(ROOT, 'dist/page');

/** Bundles TypeScript source that may import from `src` into one file for plain Node; returns its path. */
export async function bundleSource(source: string, folder: string): Promise<string> {
  const input = join(ROOT, 'src/bundled-source.ts');
  const outfile = join(folder, 'bundled-source.mjs');
  await bundleFile(input, outfile, {
    name: 'source',
    resolveId: (id) => (id === input ? id : undefined),
    load: (id) => (id === input ? source : undefined),
  });
  return outfile;
}

/** Bundles a TypeScript file and its imports into one ES module, like the real build. */
export async function bundleFile(input: string, outfile: string, plugin?: Plugin): Promise<void> {
  await build({
    input,
    platform: 'node',
    transform: { define: { HPC_DESK_PAGE_FOLDER: JSON.stringify(PAGE_FOLDER) } },
    plugins: [bundleStubs(ROOT).plugin, plugin],
    output: { file: outfile, format: 'esm', codeSplitting: false },
  });
}
