import { expect, it } from 'vitest';
import { writeSurface } from '../../src/completions/reference.js';
import { EXAMPLE_TREE } from './example-tree.js';

it('lists every command, argument and option on a line of its own, sorted', () => {
  expect(writeSurface(EXAMPLE_TREE)).toBe(`\
* --json
* --profile=NAME
* -o, --output=FORMAT (table|json|tsv)
clusters
clusters use
clusters use <cluster>
completion
completion <shell> (bash|zsh|fish|powershell)
login
login --token-stdin
login --user=NAME
vnc
vnc create
vnc create --wait[=DURATION] (90s|10m)
vnc screenshot
vnc screenshot -f, --file=PATH
vnc screenshot [selector]
vnc show
vnc show [selector]
`);
});
