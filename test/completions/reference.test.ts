import { expect, it } from 'vitest';
import { writeReference } from '../../src/completions/reference.js';
import { command, EXAMPLE_TREE } from './example-tree.js';

const page = writeReference(EXAMPLE_TREE);

it('gives each command its usage, arguments and options', () => {
  expect(page).toContain(`\
## hpc-desk vnc screenshot

About vnc screenshot

\`\`\`
hpc-desk vnc screenshot [selector] [options]
\`\`\`

| Argument |  |
| --- | --- |
| \`[selector]\` | About selector |

| Option |  |
| --- | --- |
| \`-f, --file=PATH\` | About --file |
`);
});

it('links each command from the first table', () => {
  expect(page).toContain('| [`vnc create`](#hpc-desk-vnc-create) | Create or find the session |');
});

it('leaves out groups, which do nothing by themselves', () => {
  expect(page).not.toContain('## hpc-desk vnc\n');
});

it('names the choices of a value', () => {
  expect(page).toContain('| `<shell>` | About shell (`bash`, `zsh`, `fish`, `powershell`) |');
});

it('keeps a summary from becoming markup or breaking its table', () => {
  const commands = [command('login', { summary: 'a | b\n# <b>*c*</b> `d` [e](f)' })];
  expect(writeReference({ ...EXAMPLE_TREE, commands })).toContain(
    '| [`login`](#hpc-desk-login) | a \\| b \\# \\<b\\>\\*c\\*\\</b\\> \\`d\\` \\[e\\](f) |',
  );
});
