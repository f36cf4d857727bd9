import type { CommandTree } from '../model/command-tree.js';
import { alwaysQuotePosix } from '../model/quote.js';
import { writeCase, writePass } from './posix-shell.js';
import { makeTables, type RowSource, type Word } from './tables.js';

/**
 * Generates the completion script for zsh: a `#compdef` file for `fpath` (zshcompsys(1), "Autoloaded files") that can also
 * be sourced.
 */
export function writeZshCompletion(tree: CommandTree): string {
  const tables = makeTables(tree);
  const name = `_${tree.program}`;
  const offer = (source: RowSource, label: string) => writeOffer(name, source, label);

  return `#compdef ${tree.program}
# zsh completion for ${tree.program}, generated from its command tree.

${name}() {
  local place='' awaited='' literal='' word
  local -a typed
  integer count=0
  # (Q) removes quotes without evaluation.
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
    # With the tag "options" zsh would hide them until a hyphen is typed.
    ${name}_operand || { [[ -z $literal$PREFIX ]] && ${name}_options arguments }
  fi
}

${writePass(name, tables)}

${name}_operand() {
  local -a items
  integer missed=1
${writeCase('$count$place', tables.subcommands, offer)}
  (( $#items )) && _describe -t commands command items && missed=0
${writeCase('$count$place', tables.operands, offer)}
  return missed
}

${name}_options() {
  local -a items=(${listItems(tables.globalOptions)})
${writeCase('$place', tables.options, offer)}
  _describe -t "$1" option items
}

${name}_value() {
  local option
  integer missed=1
  for option in "$place $1" "$1"; do
${writeCase('$option', tables.values, offer, '    ')}
    (( missed )) || break
  done
  return missed
}

# Offers values from the program: lines of word, tab, description.
${name}_live() {
  local line text note
  local -a items
  # Neither the typed words nor the output are evaluated.
  for line in "\${(@f)$(command ${alwaysQuotePosix(tree.program)} __complete "$1" -- "\${typed[@]}" </dev/null 2>/dev/null)}"; do
    text=\${line%%$'\\t'*} note=\${line#*$'\\t'}
    # Plain words only, and no options.
    [[ -z $text || $text == -* || $text == *[^A-Za-z0-9_.:@+-]* ]] && continue
    items+=("\${text//:/\\:}:\${note//\\\\/\\\\\\\\}")
  done
  (( $#items )) && _describe -t "$1" "$2" items
}

# Autoloaded, this file is the body of the function; sourced, it only registers it.
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  ${name} "$@"
elif (( $+functions[compdef] )); then
  compdef ${alwaysQuotePosix(name)} ${alwaysQuotePosix(tree.program)}
else
  print -u2 -r -- ${alwaysQuotePosix(`${tree.program}: run "autoload -Uz compinit && compinit" before this file is sourced`)}
fi
`;
}

/** `'word:description'` for `_describe`, with backslashes, and colons in the word, escaped. */
function listItems(words: readonly Word[]): string {
  const items = words.map(({ text, summary }) =>
    alwaysQuotePosix(`${text.replace(/[\\:]/g, '\\$&')}:${summary.replaceAll('\\', '\\\\')}`),
  );
  return `\n${items.map((item) => `      ${item}\n`).join('')}    `;
}

/** Collects words in `items`; sets `missed=0` if it offers anything else. */
function writeOffer(name: string, source: RowSource, label: string): string {
  const title = alwaysQuotePosix(label);
  const add = (options: string, choices: readonly string[]) =>
    `_wanted values expl ${title} compadd ${options}- ${choices.map(alwaysQuotePosix).join(' ')} && missed=0`;
  switch (source.kind) {
    case 'words':
      return `items+=(${listItems(source.words)})`;
    case 'choices':
      return add('', source.choices);
    case 'list':
      return `compset -P '*,'; ${add("-q -S '' ", source.choices)}`;
    case 'live': {
      const live = `${name}_live ${source.values} ${title} && missed=0`;
      return source.isFile ? `${live}; ${OFFER_FILES}` : live;
    }
    case 'file':
      return OFFER_FILES;
    case 'free':
      return `_message -e values ${title}`;
  }
}

const OFFER_FILES = '_files && missed=0';
