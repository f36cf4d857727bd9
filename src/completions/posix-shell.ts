import { alwaysQuotePosix } from '../model/quote.js';

/** One branch of a `case`: the subject equals one of the keys. */
export interface Branch {
  readonly keys: readonly string[];
  readonly body: string;
}

/** Writes a `case` over literal keys, indented; with no branch it is still a valid statement. */
export function writeCase(subject: string, branches: readonly Branch[], indent = '  '): string {
  const lines = branches
    .filter(({ keys, body }) => keys.length > 0 && body !== '')
    .map(({ keys, body }) => `${indent}  ${keys.map(alwaysQuotePosix).join(' | ')}) ${body} ;;\n`);
  return `${indent}case "${subject}" in\n${lines.join('')}${indent}esac`;
}

/** The function that follows the line word by word, the same in bash and zsh; it keeps its place in shell variables. */
export function writePass(name: string): string {
  return `# Takes note of one whole word before the cursor.
${name}_pass() {
  typed+=("$1")
  if [[ -n $awaited ]]; then
    awaited=''
  elif [[ -z $literal && $1 == -- ]]; then
    literal=yes
  elif [[ -z $literal && $1 == -?* ]]; then
    if ${name}_takes_word "$1" || ${name}_takes_word "$place $1"; then awaited=$1; fi
  elif ${name}_is_command "$place $1"; then
    place="$place $1" count=0
  else
    count=$((count + 1))
  fi
}`;
}
