import type { CommandTree } from '../model/command-tree.js';
import { type Item, makeTables, type Source, type Word } from './tables.js';

/**
 * Generates the completion script for fish 3 and later: one `complete` line per candidate (complete(1)). Fish parses
 * options itself; the script only determines the command at the cursor.
 */
export function writeFishCompletion(tree: CommandTree): string {
  const { places, globals, commands, awaiting } = makeTables(tree);
  const program = quote(tree.program);
  const name = `__${tree.program.replace(/[^A-Za-z0-9]/g, '_')}`;
  const isAt = `${name}_is_at`;
  const at = (path: readonly string[], operands: number | 'any') =>
    `complete -c ${program} -n ${quoteAgain([isAt, String(operands), ...path])}`;

  const lines = [
    ...globals.map((item) => `complete -c ${program} ${describeItem(name, item)}`),
    ...places.flatMap(({ path, subcommands, operands, options, fields }) => [
      ...subcommands.map((word) => `${at(path, 0)} ${describeWord(word)}`),
      ...operands.flatMap((item, index) =>
        item.source.kind === 'free' ? [] : `${at(path, index)} ${describeItem(name, item)}`,
      ),
      ...[...options, ...fields].map((item) => `${at(path, 'any')} ${describeItem(name, item)}`),
    ]),
  ];

  return `# fish completion for ${tree.program}, generated from its command tree.

# Whether the words before the cursor end at a command, followed by this number of operands (or any).
function ${isAt}
    set -l commands ${commands.map(quote).join(' ')}
    set -l awaiting ${awaiting.map(quote).join(' ')}
    set -l place ''
    set -l count 0
    set -l awaited no
    set -l literal no
    for word in (commandline -opc)[2..-1]
        if test $awaited = yes
            set awaited no
        else if test $literal = no; and string match -qr -- '^-.' $word
            if test $word = --
                set literal yes
            else if contains -- $word $awaiting; or contains -- "$place $word" $awaiting
                set awaited yes
            end
        else if contains -- "$place $word" $commands
            set place "$place $word"
            set count 0
        else
            set count (math $count + 1)
        end
    end
    contains -- $argv[1] any $count; and test "$place" = (string join '' '' ' '$argv[2..-1])
end

# Values from the program; the typed words are not evaluated.
function ${name}_live
    command -q ${program}; or return
    # Plain words only, and no options.
    command ${program} __complete $argv[1] -- (commandline -opc)[2..-1] </dev/null 2>/dev/null | string match -r -- '^[A-Za-z0-9_][A-Za-z0-9_.:@+-]*(?:\\t.*)?$'
end

# In a list only the part after the last comma is completed.
function ${name}_after_comma
    set -l value (string replace -r -- '^--[^=]*=' '' (commandline -ct))
    set -l lead (string match -r -- '^.*,' $value)
    for item in $argv
        echo "$lead$item"
    end
end

complete -c ${program} -e
complete -c ${program} -f
${lines.join('\n')}
`;
}

function describeWord({ text, summary }: Word): string {
  return `-a ${quoteAgain([text])} -d ${quote(summary)}`;
}

/** The names, the values and the description of an option, or of an argument, which has no names. */
function describeItem(name: string, { names, takesNextWord, source, summary }: Item): string {
  return [
    ...names.flatMap((word) =>
      word.startsWith('--') ? ['-l', quote(word.slice(2))] : ['-s', quote(word.slice(1))],
    ),
    ...(takesNextWord ? ['-r'] : []),
    ...writeSource(name, source),
    ...['-d', quote(summary)],
  ].join(' ');
}

function writeSource(name: string, source: Source): readonly string[] {
  switch (source.kind) {
    case 'choices':
      return ['-f', '-a', quoteAgain(source.choices)];
    case 'list':
      return ['-f', '-a', run([`${name}_after_comma`, ...source.choices])];
    case 'live':
      return [source.isFile ? '-F' : '-f', '-a', run([`${name}_live`, source.values])];
    case 'file':
      return ['-F'];
    case 'free':
      return ['-f'];
  }
}

/** A command substitution whose lines are candidates, optionally with a tab and a description. */
function run(words: readonly string[]): string {
  return quote(`(${words.map(quote).join(' ')})`);
}

/** Quotes words that fish evaluates again: the list of `-a`, the condition of `-n`. */
function quoteAgain(words: readonly string[]): string {
  return quote(words.map(quote).join(' '));
}

/** Quotes a literal word for fish if needed; in single quotes fish recognises `\\` and `\'`. */
function quote(text: string): string {
  return /^[A-Za-z0-9_-]+$/.test(text) ? text : `'${text.replace(/[\\']/g, '\\$&')}'`;
}
