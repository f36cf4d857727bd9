import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block of a page with the heading that it stands below. */
export interface Block {
  readonly heading: string;
  /** What stands behind the fence: `sh runnable`, `yaml`. */
  readonly kind: string;
  readonly text: string;
}

export function readBlocks(page: string): readonly Block[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
  return text.split(/^## /m).flatMap((section) => {
    const heading = section.split('\n')[0] ?? '';
    return [...section.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(
      ([, kind = '', body = '']): Block => ({ heading, kind, text: body }),
    );
  });
}

/** The lines that a CI service hands to its shell, in their order. */
export function linesOfPipeline(yaml: string): readonly string[] {
  const isGitLab = /^ {2}script:$/m.test(yaml);
  const pattern = isGitLab ? /^ {4}- (.* .*)$/gm : /^\s+(?:- )?run: (.*)$/gm;
  return [...yaml.matchAll(pattern)].map(([, line = '']) => line);
}
