import type { CommandTree } from '../model/command-tree.js';
import { alwaysQuotePosix } from '../model/quote.js';
import { writeCase, writePass } from './posix-shell.js';
import { makeTables, type RowSource } from './tables.js';

/**
 * Generates the completion script for bash 3.2 (macOS) and later. It needs no bash-completion, sets no global variables and
 * never evaluates the typed words.
 */
export function writeBashCompletion(tree: CommandTree): string {
  const tables = makeTables(tree);
  const name = `_${tree.program.replace(/[^A-Za-z0-9]/g, '_')}`;
  const offer = (words: readonly string[]) =>
    `${name}_offer ${words.map(alwaysQuotePosix).join(' ')}`;
  const offerFiles = 'compopt -o default 2>/dev/null';
  const write = (source: RowSource) => {
    switch (source.kind) {
      case 'words':
        return offer(source.words.map(({ text }) => text));
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
  # File names are enabled below for file values only. bash 3.2 has no compopt and offers them if nothing else matches.
  compopt +o default 2>/dev/null

  # Bash splits --output=json and gv101:4 at COMP_WORDBREAKS: rejoin what is not separated by blanks.
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
  # Readline replaces only the part after the last break.
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

${writePass(name, tables)}

${name}_offer() {
  local candidate
  for candidate in "$@"; do
    candidate=$lead$candidate
    [[ $candidate == "$current"* ]] && COMPREPLY+=("\${candidate#"$stem"}")
  done
}

# In a list only the part after the last comma is completed.
${name}_after_comma() {
  local value=\${current#"$lead"}
  [[ $value == *,* ]] && lead+=\${value%,*},
  compopt -o nospace 2>/dev/null
}

# Offers values from the program: lines of word, tab, description.
${name}_live() {
  local answer candidate note seen=' ' clash='' ignoring=''
  local -a listed
  # Neither the typed words nor the output are evaluated.
  answer=$(command ${alwaysQuotePosix(tree.program)} __complete "$1" -- \${typed[@]+"\${typed[@]}"} </dev/null 2>/dev/null)
  while IFS=$'\\t' read -r candidate note; do
    # Bash inserts without quoting, so only plain words are accepted, and no options.
    [[ -z $candidate || $candidate == -* || $candidate == *[!A-Za-z0-9_.:@+-]* ]] && continue
    [[ $lead$candidate == "$current"* ]] || continue
    ${name}_offer "$candidate"
    listed+=("\${COMPREPLY[\${#COMPREPLY[@]} - 1]}\${note:+  ($note)}")
    # Readline may ignore case and equate _ and - (completion-ignore-case, completion-map-case).
    shopt -q nocasematch && ignoring=yes
    shopt -s nocasematch
    [[ $seen == *" \${candidate//_/-} "* ]] && clash=yes
    [[ -n $ignoring ]] || shopt -u nocasematch
    seen+="\${candidate//_/-} "
  done <<<"$answer"
  # Add descriptions only when listing: COMP_TYPE ?, ! and @ in bash(1). Readline inserts the common prefix of all rows, so
  # not when two words are equal.
  case $clash\${COMP_TYPE-} in 33 | 63 | 64)
    ((\${#listed[@]} > 1)) && COMPREPLY=("\${listed[@]}") ;;
  esac
}

${name}_operand() {
${writeCase('$count$place', tables.subcommands, write)}
${writeCase('$count$place', tables.operands, write)}
}

${name}_options() {
  ${offer(tables.globalOptions.map((word) => word.text))}
${writeCase('$place', tables.options, write)}
}

${name}_value() {
  local option
  for option in "$1" "$place $1"; do
${writeCase('$option', tables.values, write, '    ')}
  done
}

complete -o default -F ${name} ${alwaysQuotePosix(tree.program)}
`;
}
