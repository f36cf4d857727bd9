import { alwaysQuotePosix } from '../model/quote.js';
import type { Row, RowSource, Tables } from './tables.js';

/** A `case` statement over the keys of rows; valid without branches too. @param write - The body of a branch; empty for none. */
export function writeCase(
  subject: string,
  rows: readonly Row[],
  write: (source: RowSource, label: string) => string,
  indent = '  ',
): string {
  const branches = rows.map(({ keys, label, source }) => {
    const body = write(source, label);
    if (keys.length === 0 || body === '') return '';
    return `${indent}  ${keys.map(alwaysQuotePosix).join(' | ')}) ${body} ;;\n`;
  });
  return `${indent}case "${subject}" in\n${branches.join('')}${indent}esac`;
}

/** The functions that parse one word, for bash and zsh; their state is in shell variables of the caller. */
export function writePass(name: string, { commands, awaiting }: Tables): string {
  const test = (keys: readonly string[]) =>
    writeCase('$1', [{ keys, label: '', source: { kind: 'free' } }], () => 'return 0');
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
}

${name}_is_command() {
${test(commands)}
  return 1
}

${name}_takes_word() {
${test(awaiting)}
  return 1
}`;
}
