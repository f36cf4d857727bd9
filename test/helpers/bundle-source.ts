import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles a piece of TypeScript that may import from `src` into one file that plain node runs; answers with its path. */
export async function bundleSource(source: string, folder: string): Promise<string> {
  const outfile = join(folder, 'bundled-source.mjs');
  await build({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, '../../src'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    // A package in the older module format calls require for what node itself offers.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    outfile,
  });
  return outfile;
}
