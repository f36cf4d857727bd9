import { alwaysQuotePosix } from '../model/quote.js';

/** A branch of a `case` statement. */
export interface Branch {
  readonly keys: readonly string[];
  readonly body: string;
}

/** A `case` statement over literal keys; valid without branches too. */
export function writeCase(subject: string, branches: readonly Branch[], indent = '  '): string {
  const lines = branches
    .filter(({ keys, body }) => keys.length > 0 && body !== '')
    .map(({ keys, body }) => `${indent}  ${keys.map(alwaysQuotePosix).join(' | ')}) ${body} ;;\n`);
  return `${indent}case "${subject}" in\n${lines.join('')}${indent}esac`;
}

/** The function that parses one word, for bash and zsh; its state is in shell variables of the caller. */
export function writePass(name: string): string {
  return `# Parses one complete word before the cursor.
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
