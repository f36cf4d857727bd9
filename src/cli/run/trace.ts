import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { visibleLines } from '../../model/sanitize.js';
import { locateFolder } from '../../store/folder.js';
import type { ProcessContext } from './process-context.js';

/**
 * The requests of a run without headers, bodies and secrets, for `--debug` and the log of a failed run.
 *
 * @param redact - Applied to every line.
 */
export function createTrace(
  processContext: ProcessContext,
  redact: (text: string) => string,
  say: ((text: string) => void) | undefined,
) {
  const lines: string[] = [];
  return {
    log(line: string) {
      lines.push(line);
      say?.(`${line}\n`);
    },
    get isEmpty() {
      return lines.length === 0;
    },
    /**
     * Writes the log of this failed run (mode 0600) to the store's folder, replacing the previous one.
     *
     * @returns its path; undefined when it cannot be written. Does not create the folder.
     */
    async keep(error: string): Promise<string | undefined> {
      const { now, version, platform } = processContext;
      const head = `${now().toISOString()} hpc-desk ${version} ${platform}`;
      try {
        const path = join(locateFolder(processContext), 'last-failed-run.log');
        const text = `${[head, ...lines, error].join('\n')}\n`;
        rmSync(path, { force: true });
        // Escaped for viewing on a terminal.
        writeFileSync(path, visibleLines(redact(text)), { mode: 0o600, flag: 'wx' });
        return path;
      } catch {
        // Report the original failure, not this one.
        return undefined;
      }
    },
  };
}
