import { writeSync } from 'node:fs';
import { isHarmlessWord } from '../../domain/completion/completion-candidates.js';
import { type Candidate, LIVE_VALUES } from '../../model/command-tree.js';
import { visible } from '../../model/sanitize.js';
import { thisProcess } from '../run/process-context.js';
import { findCandidates } from './find-candidates.js';

const STDOUT = 1;
/** Everything together, should something hang that nothing can end. */
const LIMIT_MS = 2_000;

/**
 * Answers `hpc-desk __complete KIND -- WORDS…`, which the completion scripts call: one candidate a line, a word, a tab
 * and a note. Whatever goes wrong, the answer is nothing, said in silence and with exit code 0.
 *
 * It is an entry of its own beside `main.ts`, because Tab must not wait for what commands need.
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

/** The last gate: whatever the source, only harmless words leave, and notes on one line without control characters. */
export function formatCandidates(candidates: readonly Candidate[]): string {
  return candidates
    .filter(({ word }) => isHarmlessWord(word))
    .map(({ word, note }) => `${word}\t${visible(note)}\n`)
    .join('');
}
