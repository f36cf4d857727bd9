import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { eventually } from '../helpers/eventually.js';
import { childrenOf as childrenIds } from '../helpers/processes-of.js';

export interface Sample {
  readonly atMs: number;
  readonly rssMib: number;
  /** Memory in use by V8 and by buffers after a garbage collection. */
  readonly usedMib: number;
}

/** Number of open files, pipes and sockets of a process (proc(5)). */
export function openFilesOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Number of open files once it no longer changes, without those that were being closed. */
export async function settledFiles(pid: number): Promise<number> {
  let last = -1;
  return eventually(() => {
    const now = openFilesOf(pid);
    const isSettled = now === last;
    last = now;
    return isSettled ? now : undefined;
  });
}

export interface MemoryReporter {
  /** NODE_OPTIONS for the program to be measured. */
  readonly nodeOptions: string;
  sample(pid: number): Promise<Sample>;
}

/** Makes a Node program collect garbage and report its memory usage on request. */
export function createMemoryReporter(folder: string): MemoryReporter {
  const program = join(folder, 'report-memory.cjs');
  const report = join(folder, 'memory.json');
  writeFileSync(program, REPORT);
  return {
    nodeOptions: `--require=${program}`,
    async sample(pid) {
      rmSync(report, { force: true });
      process.kill(pid, 'SIGUSR2');
      const read = () => JSON.parse(readFileSync(report, 'utf8'));
      const { rss, heapUsed, external } = await eventually(read);
      const usedMib = (heapUsed + external) / MEBIBYTE;
      return { atMs: performance.now(), rssMib: rss / MEBIBYTE, usedMib };
    },
  };
}

const LOOKS = 5;
const BETWEEN_LOOKS_MS = 200;
const MEBIBYTE = 1024 * 1024;
const REPORT = `
const { renameSync, writeFileSync } = require('node:fs');
const file = require('node:path').join(__dirname, 'memory.json');
require('node:v8').setFlagsFromString('--expose-gc');
const collect = require('node:vm').runInNewContext('gc');
process.on('SIGUSR2', () => {
  collect();
  writeFileSync(file + '.part', JSON.stringify(process.memoryUsage()));
  renameSync(file + '.part', file);
});
`;

/** The command lines of a process's children. */
export function childrenOf(pid: number): readonly string[] {
  return childrenIds(pid).flatMap((child) => {
    try {
      return [readFileSync(`/proc/${child}/cmdline`, 'utf8').replaceAll('\0', ' ')];
    } catch {
      // It has exited.
      return [];
    }
  });
}

/**
 * The minimum usage of a few samples: a buffer of half a MiB may need one more collection after its socket is closed,
 * while a leak shows in every sample.
 */
export async function settledMib(reporter: MemoryReporter, pid: number): Promise<number> {
  let leastMib = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS; look += 1) {
    await setTimeout(BETWEEN_LOOKS_MS);
    leastMib = Math.min(leastMib, (await reporter.sample(pid)).usedMib);
  }
  return leastMib;
}

/** Growth in MiB per hour: the slope of the least-squares line. */
export function growthPerHour(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const meanAt = mean(samples.map(({ atMs }) => atMs));
  const meanRss = mean(samples.map(({ rssMib }) => rssMib));
  const moments = samples.map(({ atMs, rssMib }) => ({ at: atMs - meanAt, rss: rssMib - meanRss }));
  const spread = moments.reduce((sum, { at }) => sum + at * at, 0);
  const slope = moments.reduce((sum, { at, rss }) => sum + at * rss, 0) / spread;
  return slope * 3_600_000;
}

/** The value at a percentile, given as 0…1. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN;
}
