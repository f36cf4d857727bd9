import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { visibleLines } from '../../model/sanitize.js';
import { locateFolder } from '../../store/folder.js';
import type { ProcessContext } from './process-context.js';

/** What was sent where, without headers, bodies and secrets: for `--debug`, and for the record of a run that failed. */
export interface Trace {
  log(line: string): void;
  readonly isEmpty: boolean;
  /**
   * Keeps the trace of this failed run in the folder of the store, mode 0600, in place of the one before.
   *
   * @returns the path, or undefined where nothing could be kept: a folder is not made for this.
   */
  keep(error: string): Promise<string | undefined>;
}

/** @param redact - Applied to every line before it goes anywhere. */
export function createTrace(
  world: ProcessContext,
  redact: (text: string) => string,
  say: ((text: string) => void) | undefined,
): Trace {
  const lines: string[] = [];
  return {
    log(line) {
      lines.push(line);
      say?.(`${line}\n`);
    },
    get isEmpty() {
      return lines.length === 0;
    },
    async keep(error) {
      const head = [world.now().toISOString(), `hpc-desk ${world.version}`, world.platform];
      try {
        const { platform, environment, home } = world;
        const folder = locateFolder({ platform, environment, home, exists: existsSync });
        const path = join(folder, 'last-failed-run.log');
        const text = `${[head.join(' '), ...lines, error].join('\n')}\n`;
        rmSync(path, { force: true });
        // Whoever looks into it does so on a terminal.
        writeFileSync(path, visibleLines(redact(text)), { mode: 0o600, flag: 'wx' });
        return path;
      } catch {
        // The failure that is being reported matters more than its record.
        return undefined;
      }
    },
  };
}
