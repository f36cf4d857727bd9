import type { CommandTree } from '../model/command-tree.js';
import type { Word } from './places.js';
import { makeTables, type ValueRow, type WordRow } from './tables.js';

/**
 * Writes the completion script of PowerShell 5.1 and later (Register-ArgumentCompleter). It is ASCII throughout,
 * because 5.1 reads a file without a byte order mark in the machine's own code page.
 */
export function writePowershellCompletion(tree: CommandTree): string {
  const tables = makeTables(tree);
  return `# PowerShell completion for ${tree.program}, generated from its command tree.

Register-ArgumentCompleter -Native -CommandName ${quote(tree.program)} -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commands = @(${tables.commands.map(quote).join(', ')})
    $awaiting = @(${tables.awaiting.map(quote).join(', ')})
    $operands = {
${writeSwitch('"$count$place"', tables.subcommands.map(wordClause))}
${writeSwitch('"$count$place"', tables.operands.map(valueClause))}
    }
    $options = {
${writeItems(tables.globalOptions, 8)}
${writeSwitch('$place', tables.options.map(wordClause))}
    }
    $values = {
${writeSwitch('$option, "$place $option"', tables.values.map(valueClause))}
    }

    $place = ''
    $count = 0
    $option = ''
    $literal = $false
    foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text
        if ($option -ne '') {
            $option = ''
        } elseif (-not $literal -and $word -ceq '--') {
            $literal = $true
        } elseif (-not $literal -and $word -like '-?*') {
            if ($awaiting -ccontains $word -or $awaiting -ccontains "$place $word") { $option = $word }
        } elseif ($commands -ccontains "$place $word") {
            $place = "$place $word"
            $count = 0
        } else {
            $count++
        }
    }

    $lead = ''
    if ($option -eq '' -and -not $literal -and $wordToComplete -match '^(--[^=]+)=') {
        $option = $Matches[1]
        $lead = "$option="
    }
    $items = @(
        if ($option -ne '') { & $values }
        elseif (-not $literal -and $wordToComplete -like '-*') { & $options }
        else { & $operands }
    )
    if ($items.Count -eq 0 -and $option -eq '' -and -not $literal -and $wordToComplete -eq '') {
        $items = @(& $options)
    }
    # With no result at all PowerShell falls back to file names.
    foreach ($item in $items) {
        $text = $lead + $item.Text
        if ($text.StartsWith($wordToComplete, [System.StringComparison]::Ordinal)) {
            [System.Management.Automation.CompletionResult]::new($text, $item.Text, 'ParameterValue', $item.Summary)
        }
    }
}
`;
}

interface Clause {
  readonly keys: readonly string[];
  readonly items: readonly Word[];
}

function wordClause({ keys, words }: WordRow): Clause {
  return { keys, items: words };
}

function valueClause({ keys, label, source }: ValueRow): Clause {
  const choices = source.kind === 'choices' ? source.choices : [];
  return { keys, items: choices.map((text) => ({ text, summary: label })) };
}

/** Writes a `switch` that yields the items of the matching clause; PowerShell refuses one without clauses. */
function writeSwitch(subject: string, clauses: readonly Clause[]): string {
  const lines = clauses
    .filter(({ items }) => items.length > 0)
    .flatMap(({ keys, items }) =>
      keys.map((key) => `            ${quote(key)} {\n${writeItems(items, 16)}\n            }`),
    );
  if (lines.length === 0) return '';
  return `        switch -CaseSensitive (${subject}) {\n${lines.join('\n')}\n        }`;
}

/** Writes one item a line; a tool tip must not be empty. */
function writeItems(items: readonly Word[], indent: number): string {
  return items
    .map(({ text, summary }) => `@{ Text = ${quote(text)}; Summary = ${quote(summary || text)} }`)
    .map((item) => ' '.repeat(indent) + item)
    .join('\n');
}

/**
 * Quotes a text in ASCII. Typographic quotes would end a PowerShell string just as plain ones do
 * (about_Quoting_Rules), so what is not ASCII is written as a code.
 */
function quote(text: string): string {
  if (/^[ -~]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const escaped = text
    .replace(/["$\x60]/g, '\x60$&')
    .replace(/[^ -~]/g, (unit) => `$([char]0x${unit.charCodeAt(0).toString(16)})`);
  return `"${escaped}"`;
}
