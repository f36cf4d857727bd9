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
${indent(writeItems(tables.globalOptions), 8)}
${writeSwitch('$place', tables.options.map(wordClause))}
    }
    $values = {
${writeSwitch('$option, "$place $option"', tables.values.map(valueClause))}
    }

    $live = {
        param($kind)
        # Batch files read their arguments again, so only plain words are passed on.
        $plain = @($typed | Where-Object { $_ -cmatch '^[A-Za-z0-9_./:=@,+-]+$' })
        try {
            $found = @(Get-Command -Name ${quote(tree.program)} -CommandType 'Application', 'ExternalScript' -ErrorAction Stop)[0]
            $lines = @($null | & $found '__complete' $kind '--' @plain 2>$null)
        } catch { return }
        foreach ($line in $lines) {
            $text, $note = "$line" -split '\\t', 2
            # What PowerShell puts on the line it does not quote, so only plain words may come, and no options.
            if ($text -cmatch '^[A-Za-z0-9_][A-Za-z0-9_.:@+-]*\\z') { @{ Text = $text; Summary = $(if ($note) { $note } else { $text }) } }
        }
    }

    $typed = @()
    $place = ''
    $count = 0
    $option = ''
    $literal = $false
    foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text
        $typed += $word
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
  /** Lines that yield items; empty where there is nothing to offer. */
  readonly body: string;
}

function wordClause({ keys, words }: WordRow): Clause {
  return { keys, body: writeItems(words) };
}

function valueClause({ keys, label, source }: ValueRow): Clause {
  switch (source.kind) {
    case 'choices':
    case 'list':
      return { keys, body: writeItems(source.choices.map((text) => ({ text, summary: label }))) };
    case 'live':
      return { keys, body: `& $live ${quote(source.values)}` };
    case 'file':
    case 'free':
      return { keys, body: '' };
  }
}

/** Writes a `switch` that yields the items of the matching clause; PowerShell refuses one without clauses. */
function writeSwitch(subject: string, clauses: readonly Clause[]): string {
  const lines = clauses
    .filter(({ body }) => body !== '')
    .flatMap(({ keys, body }) =>
      keys.map((key) => `            ${quote(key)} {\n${indent(body, 16)}\n            }`),
    );
  if (lines.length === 0) return '';
  return `        switch -CaseSensitive (${subject}) {\n${lines.join('\n')}\n        }`;
}

/** Writes one item a line; a tool tip must not be empty. */
function writeItems(items: readonly Word[]): string {
  return items
    .map(({ text, summary }) => `@{ Text = ${quote(text)}; Summary = ${quote(summary || text)} }`)
    .join('\n');
}

function indent(lines: string, columns: number): string {
  return lines
    .split('\n')
    .map((line) => ' '.repeat(columns) + line)
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
