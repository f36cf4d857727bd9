import { writeSync } from 'node:fs';
import { isHarmlessWord } from '../../domain/completion/completion-candidates.js';
import { type Candidate, LIVE_VALUES } from '../../model/command-tree.js';
import { visible } from '../../model/sanitize.js';
import { thisProcess } from '../run/process-context.js';
import { findCandidates } from './find-candidates.js';

const STDOUT = 1;
/** Total time limit, in case something cannot be cancelled. */
const LIMIT_MS = 2_000;

/**
 * Implements `hpc-desk __complete KIND -- WORDS…` for the completion scripts: prints lines of a word, a tab and a note.
 * Any failure prints nothing and exits with 0.
 *
 * Separate from `main.ts`, so that Tab does not load the commands.
 */
export async function complete(process: NodeJS.Process): Promise<void> {
  const end = () => process.exit(0);
  process.removeAllListeners('warning');
  process.on('uncaughtException', end);
  setTimeout(end, LIMIT_MS);
  try {
    const [kind, ...typed] = process.argv.slice(3);
    const values = LIVE_VALUES.find((name) => name === kind);
    if (values !== undefined) {
      const words = typed[0] === '--' ? typed.slice(1) : typed;
      writeSync(
        STDOUT,
        formatCandidates(await findCandidates(values, words, thisProcess(process))),
      );
    }
  } finally {
    end();
  }
}

/** Filters candidates from any source: only safe words, and notes without control characters. */
export function formatCandidates(candidates: readonly Candidate[]): string {
  return candidates
    .filter(({ word }) => isHarmlessWord(word))
    .map(({ word, note }) => `${word}\t${visible(note)}\n`)
    .join('');
}
