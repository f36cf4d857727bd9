import type { CommandTree } from '../model/command-tree.js';
import { alwaysQuotePosix } from '../model/quote.js';
import type { ValueSource } from './places.js';
import { type Branch, writeCase, writePass } from './posix-shell.js';
import { makeTables, type ValueRow, type WordRow } from './tables.js';

/**
 * Writes the completion script of bash 3.2 and later (3.2 is what macOS ships). It needs no bash-completion, leaves
 * no variable behind, and compares the typed words without ever evaluating them.
 */
export function writeBashCompletion(tree: CommandTree): string {
  const tables = makeTables(tree);
  const name = `_${tree.program.replace(/[^A-Za-z0-9]/g, '_')}`;
  const offer = (words: readonly string[]) =>
    `${name}_offer ${words.map(alwaysQuotePosix).join(' ')}`;
  const offerWords = ({ keys, words }: WordRow): Branch => ({
    keys,
    body: offer(words.map((word) => word.text)),
  });
  const offerValues = ({ keys, source }: ValueRow): Branch => ({ keys, body: bodyOf(source) });
  const offerFiles = 'compopt -o default 2>/dev/null';
  const bodyOf = (source: ValueSource) => {
    switch (source.kind) {
      case 'choices':
        return offer(source.choices);
      case 'list':
        return `${name}_after_comma; ${offer(source.choices)}`;
      case 'live':
        return `${name}_live ${source.values}${source.isFile ? `; ${offerFiles}` : ''}`;
      case 'file':
        return offerFiles;
      case 'free':
        return '';
    }
  };

  return `# bash completion for ${tree.program}, generated from its command tree.

${name}() {
  local place='' count=0 awaited='' literal='' current='' lead='' stem=''
  local line=\${COMP_LINE-} breaks=\${COMP_WORDBREAKS//[^=:@]/} word blank i
  local -a typed
  COMPREPLY=()
  # Readline offers file names itself, but only where a file is meant; bash 3.2 offers them where nothing else fits.
  compopt +o default 2>/dev/null

  # Bash splits --output=json and gv101:4 at COMP_WORDBREAKS: what no blank parts is put together again.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    blank=\${line%%[![:space:]]*}
    line=\${line#"$blank"}
    line=\${line#"$word"}
    if [[ -z $blank && ($word == [=:@]* || $current == *[=:@]) ]]; then
      current+=$word
    else
      ((i > 1)) && ${name}_pass "$current"
      current=$word
    fi
  done
  # Readline replaces only what stands behind the last break.
  [[ -n $breaks ]] && stem=\${current%"\${current##*[$breaks]}"}

  if [[ -n $awaited ]]; then
    ${name}_value "$awaited"
  elif [[ -z $literal && $current == --*=* ]]; then
    lead=\${current%%=*}=
    ${name}_value "\${lead%=}"
  elif [[ -z $literal && $current == -* ]]; then
    ${name}_options
  else
    ${name}_operand
    [[ -z $literal$current && \${#COMPREPLY[@]} -eq 0 ]] && ${name}_options
  fi
  return 0
}

${writePass(name)}

${name}_offer() {
  local candidate
  for candidate in "$@"; do
    candidate=$lead$candidate
    [[ $candidate == "$current"* ]] && COMPREPLY+=("\${candidate#"$stem"}")
  done
}

# In a list only the part behind the last comma is still open.
${name}_after_comma() {
  local value=\${current#"$lead"}
  [[ $value == *,* ]] && lead+=\${value%,*},
  compopt -o nospace 2>/dev/null
}

# Offers what the program itself finds: each of its lines is a word, a tab and a note.
${name}_live() {
  local answer candidate note seen=' ' clash='' ignoring=''
  local -a listed
  # The typed words are arguments as they stand; the shell reads neither them nor the answer as code.
  answer=$(command ${alwaysQuotePosix(tree.program)} __complete "$1" -- \${typed[@]+"\${typed[@]}"} </dev/null 2>/dev/null)
  while IFS=$'\\t' read -r candidate note; do
    # What bash puts on the line it does not quote, so only plain words may come, and no options.
    [[ -z $candidate || $candidate == -* || $candidate == *[!A-Za-z0-9_.:@+-]* ]] && continue
    [[ $lead$candidate == "$current"* ]] || continue
    ${name}_offer "$candidate"
    listed+=("\${COMPREPLY[\${#COMPREPLY[@]} - 1]}\${note:+  ($note)}")
    # Readline may take capitals for small letters and _ for - (completion-ignore-case, completion-map-case).
    shopt -q nocasematch && ignoring=yes
    shopt -s nocasematch
    [[ $seen == *" \${candidate//_/-} "* ]] && clash=yes
    [[ -n $ignoring ]] || shopt -u nocasematch
    seen+="\${candidate//_/-} "
  done <<<"$answer"
  # Notes are for a list that is only shown: ?, ! and @ are the kinds of listing (COMP_TYPE in bash(1)). What all rows
  # begin with goes on the line, so there are none where two words are the same.
  case $clash\${COMP_TYPE-} in 33 | 63 | 64)
    ((\${#listed[@]} > 1)) && COMPREPLY=("\${listed[@]}") ;;
  esac
}

${name}_is_command() {
${writeCase('$1', [{ keys: tables.commands, body: 'return 0' }])}
  return 1
}

${name}_takes_word() {
${writeCase('$1', [{ keys: tables.awaiting, body: 'return 0' }])}
  return 1
}

${name}_operand() {
${writeCase('$count$place', tables.subcommands.map(offerWords))}
${writeCase('$count$place', tables.operands.map(offerValues))}
}

${name}_options() {
  ${offer(tables.globalOptions.map((word) => word.text))}
${writeCase('$place', tables.options.map(offerWords))}
}

${name}_value() {
  local option
  for option in "$1" "$place $1"; do
${writeCase('$option', tables.values.map(offerValues), '    ')}
  done
}

complete -o default -F ${name} ${alwaysQuotePosix(tree.program)}
`;
}
