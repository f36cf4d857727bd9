import { expect, it } from 'vitest';
import { writeReference } from '../../src/completions/reference.js';
import { command, EXAMPLE_TREE } from './example-tree.js';

const page = writeReference(EXAMPLE_TREE);

it('documents the usage, arguments and options of each command', () => {
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

it('omits groups, which do nothing by themselves', () => {
  expect(page).not.toContain('## hpc-desk vnc\n');
});

it('lists the choices of a value', () => {
  expect(page).toContain('| `<shell>` | About shell (`bash`, `zsh`, `fish`, `powershell`) |');
});

it('escapes Markdown and line breaks in summaries', () => {
  const commands = [command('login', { summary: 'a | b\n# <b>*c*</b> `d` [e](f)' })];
  expect(writeReference({ ...EXAMPLE_TREE, commands })).toContain(
    '| [`login`](#hpc-desk-login) | a \\| b \\# \\<b\\>\\*c\\*\\</b\\> \\`d\\` \\[e\\](f) |',
  );
});
