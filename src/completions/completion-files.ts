import { writeBashCompletion } from './bash.js';
import { writeFishCompletion } from './fish.js';
import { writePowershellCompletion } from './powershell.js';
import { writeZshCompletion } from './zsh.js';

/** The supported shells, in the order of help. */
export const COMPLETION_FILES = [
  { shell: 'bash', fileName: 'hpc-desk.bash', write: writeBashCompletion },
  { shell: 'zsh', fileName: '_hpc-desk', write: writeZshCompletion },
  { shell: 'fish', fileName: 'hpc-desk.fish', write: writeFishCompletion },
  { shell: 'powershell', fileName: 'hpc-desk.ps1', write: writePowershellCompletion },
];
