import type { AnyCommand } from '../../commands/command.js';
import { EXIT_CODES, FAMILIES } from '../../errors/codes.js';
import type { Messages } from '../../i18n/messages.js';
import { beginsWith } from '../../model/begins-with.js';
import { commandTree } from './command-tree.js';
import { TOPICS } from './help-wish.js';

/** The whole program as data, for `help --json`: the command tree with what a program needs besides. */
export function describeProgram(
  commands: readonly AnyCommand[],
  messages: Messages,
  version: string,
  under: readonly string[],
) {
  const tree = commandTree(commands, messages);
  const commandAt = new Map(commands.map((command) => [command.path.join(' '), command]));
  const isAsked = (path: readonly string[]) => beginsWith(path, under);
  return {
    program: tree.program,
    version,
    globalOptions: tree.globalOptions,
    commands: tree.commands
      .filter(({ path }) => isAsked(path))
      .map((node) => ({ ...node, ...detailsOf(commandAt.get(node.path.join(' ')), messages) })),
    topics: TOPICS.map((name) => ({ name, summary: messages.help.topics[name] })),
    exitCodes: Object.entries(EXIT_CODES).map(([family, exitCode]) => ({
      exitCode,
      family,
      codes: Object.entries(FAMILIES).flatMap(([code, its]) => (its === family ? [code] : [])),
    })),
  };
}

function detailsOf(command: AnyCommand | undefined, messages: Messages) {
  const { examples = [], fields = [], extraFields = [], group = null } = command ?? {};
  return {
    group,
    fields: [...fields, ...extraFields],
    examples: examples.map(({ line, caption }) => ({ line, caption: caption(messages) })),
  };
}
