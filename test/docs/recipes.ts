import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A code block of a page with the heading above it. */
export interface Block {
  readonly heading: string;
  /** The info string of the fence: `sh runnable`, `yaml`. */
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

interface Job {
  readonly steps?: readonly { readonly run?: string }[];
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly after_script?: readonly string[];
}

/** The lines that a CI service passes to its shell, in order. */
export function linesOfPipeline(text: string): readonly string[] {
  const pipeline = parse(text) as { readonly jobs?: Readonly<Record<string, Job>> };
  const jobs = pipeline.jobs ?? (pipeline as Readonly<Record<string, Job>>);
  return Object.values(jobs).flatMap((job) => [
    ...(job.steps ?? []).flatMap(({ run }) => run ?? []),
    ...(job.before_script ?? []),
    ...(job.script ?? []),
    ...(job.after_script ?? []),
  ]);
}
