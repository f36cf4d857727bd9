import type { CommandTree } from '../model/command-tree.js';
import { alwaysQuotePosix } from '../model/quote.js';
import type { Word } from './places.js';
import { type Branch, writeCase, writePass } from './posix-shell.js';
import { makeTables, type ValueRow, type WordRow } from './tables.js';

/**
 * Writes the completion script of zsh: a `#compdef` file for a folder of `fpath`, which may be sourced as well
 * (zshcompsys(1), "Autoloaded files").
 */
export function writeZshCompletion(tree: CommandTree): string {
  const tables = makeTables(tree);
  const name = `_${tree.program}`;

  return `#compdef ${tree.program}
# zsh completion for ${tree.program}, generated from its command tree.

${name}() {
  local place='' awaited='' literal='' word
  integer count=0
  # (Q) takes the quotes off and evaluates nothing.
  for word in "\${(@Q)words[2,CURRENT-1]}"; do
    ${name}_pass "$word"
  done

  if [[ -n $awaited ]]; then
    ${name}_value "$awaited"
  elif [[ -z $literal && $PREFIX == --*=* ]]; then
    word=\${PREFIX%%=*}
    compset -P 1 '*='
    ${name}_value "$word"
  elif [[ -z $literal && $PREFIX == -* ]]; then
    ${name}_options options
  else
    # Under the tag "options" zsh would keep them back until a hyphen is typed.
    ${name}_operand || { [[ -z $literal$PREFIX ]] && ${name}_options arguments }
  fi
}

${writePass(name)}

${name}_is_command() {
${writeCase('$1', [{ keys: tables.commands, body: 'return 0' }])}
  return 1
}

${name}_takes_word() {
${writeCase('$1', [{ keys: tables.awaiting, body: 'return 0' }])}
  return 1
}

${name}_operand() {
  local -a items
${writeCase('$count$place', tables.subcommands.map(collectItems))}
  (( $#items )) && _describe -t commands command items && return
${writeCase('$count$place', tables.operands.map(offerValues))}
  return 1
}

${name}_options() {
  local -a items=(${listItems(tables.globalOptions)})
${writeCase('$place', tables.options.map(collectItems))}
  _describe -t "$1" option items
}

${name}_value() {
  local option
  for option in "$1" "$place $1"; do
${writeCase('$option', tables.values.map(offerValues), '    ')}
  done
  return 1
}

# An autoloaded file is run as the function itself; a sourced one only has to register it.
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  ${name} "$@"
elif (( $+functions[compdef] )); then
  compdef ${alwaysQuotePosix(name)} ${alwaysQuotePosix(tree.program)}
else
  print -u2 -r -- ${alwaysQuotePosix(`${tree.program}: run "autoload -Uz compinit && compinit" before this file is sourced`)}
fi
`;
}

function collectItems({ keys, words }: WordRow): Branch {
  return { keys, body: `items+=(${listItems(words)})` };
}

/** Writes `'word:description'`, the form that `_describe` takes: backslashes escape, and colons in the word. */
function listItems(words: readonly Word[]): string {
  const items = words.map(({ text, summary }) =>
    alwaysQuotePosix(`${text.replace(/[\\:]/g, '\\$&')}:${summary.replaceAll('\\', '\\\\')}`),
  );
  return `\n${items.map((item) => `      ${item}\n`).join('')}    `;
}

function offerValues({ keys, label, source }: ValueRow): Branch {
  switch (source.kind) {
    case 'choices': {
      const choices = source.choices.map(alwaysQuotePosix).join(' ');
      return {
        keys,
        body: `_wanted values expl ${alwaysQuotePosix(label)} compadd - ${choices}; return`,
      };
    }
    case 'file':
      return { keys, body: '_files; return' };
    case 'free':
      return { keys, body: `_message -e values ${alwaysQuotePosix(label)}` };
  }
}
