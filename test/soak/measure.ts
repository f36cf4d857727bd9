import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { eventually } from '../helpers/eventually.js';
import { childrenOf as childrenIds } from '../helpers/processes-of.js';

export interface Sample {
  readonly atMs: number;
  readonly rssMib: number;
  /** What is in use by V8 and by buffers, without what waits to be collected. */
  readonly usedMib: number;
}

/** Files, pipes and sockets that a process has open, as proc(5) shows them. */
export function openFilesOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** The count of open files once it stays the same: what was closed a moment ago has left. */
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
  /** For the environment of the program that is to be measured. */
  readonly nodeOptions: string;
  sample(pid: number): Promise<Sample>;
}

/** Has a program of Node's collect its garbage, and say what is left, whenever it is asked. */
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
      // It ended meanwhile.
      return [];
    }
  });
}

/**
 * The least that is in use at a few looks: a buffer of half a MiB may wait one more collection for its socket to have
 * left, and what has piled up does not leave at any.
 */
export async function settledMib(reporter: MemoryReporter, pid: number): Promise<number> {
  let leastMib = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS; look += 1) {
    await setTimeout(BETWEEN_LOOKS_MS);
    leastMib = Math.min(leastMib, (await reporter.sample(pid)).usedMib);
  }
  return leastMib;
}

/** MiB by which it grows in an hour: the slope of the line that fits best. */
export function growthPerHour(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const meanAt = mean(samples.map(({ atMs }) => atMs));
  const meanRss = mean(samples.map(({ rssMib }) => rssMib));
  const moments = samples.map(({ atMs, rssMib }) => ({ at: atMs - meanAt, rss: rssMib - meanRss }));
  const spread = moments.reduce((sum, { at }) => sum + at * at, 0);
  const slope = moments.reduce((sum, { at, rss }) => sum + at * rss, 0) / spread;
  return slope * 3_600_000;
}

/** The part of the values, 0…1, that are not greater. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN;
}
