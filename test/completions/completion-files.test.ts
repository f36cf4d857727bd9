import { expect, it } from 'vitest';
import { COMPLETION_FILES } from '../../src/completions/completion-files.js';
import { SHELLS } from '../../src/domain/completion/completion-places.js';
import { EXAMPLE_TREE } from './example-tree.js';

it('has one file per shell, with the name that the shell expects', () => {
  expect(COMPLETION_FILES.map(({ shell, fileName }) => `${shell} ${fileName}`)).toEqual([
    'bash hpc-desk.bash',
    'zsh _hpc-desk',
    'fish hpc-desk.fish',
    'powershell hpc-desk.ps1',
  ]);
  expect(COMPLETION_FILES.map(({ shell }) => shell)).toEqual(SHELLS);
});

it.each(COMPLETION_FILES)('ends the $shell script with exactly one newline', ({ write }) => {
  expect(write(EXAMPLE_TREE)).toMatch(/[^\n]\n$/);
});
