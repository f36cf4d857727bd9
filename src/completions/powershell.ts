import type { CommandTree } from '../model/command-tree.js';
import { makeTables, type Row, type RowSource, type Word } from './tables.js';

/**
 * Generates the completion script for PowerShell 5.1 and later (Register-ArgumentCompleter), in ASCII because 5.1 reads
 * files without a byte order mark in the system code page.
 */
export function writePowershellCompletion(tree: CommandTree): string {
  const tables = makeTables(tree);
  return `# PowerShell completion for ${tree.program}, generated from its command tree.

Register-ArgumentCompleter -Native -CommandName ${quote(tree.program)} -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commands = @(${tables.commands.map(quote).join(', ')})
    $awaiting = @(${tables.awaiting.map(quote).join(', ')})
    $operands = {
${writeSwitch('"$count$place"', tables.subcommands)}
${writeSwitch('"$count$place"', tables.operands)}
    }
    $options = {
${indent(writeItems(tables.globalOptions), 8)}
${writeSwitch('$place', tables.options)}
    }
    $values = {
${writeSwitch('$option, "$place $option"', tables.values)}
    }

    $live = {
        param($kind)
        # Batch files parse their arguments again, so only plain words are passed.
        $plain = @($typed | Where-Object { $_ -cmatch '^[A-Za-z0-9_./:=@,+-]+$' })
        try {
            $found = @(Get-Command -Name ${quote(tree.program)} -CommandType 'Application', 'ExternalScript' -ErrorAction Stop)[0]
            $lines = @($null | & $found '__complete' $kind '--' @plain 2>$null)
        } catch { return }
        foreach ($line in $lines) {
            $text, $note = "$line" -split '\\t', 2
            # PowerShell inserts without quoting, so only plain words are accepted, and no options.
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
    # Without results PowerShell falls back to file names.
    foreach ($item in $items) {
        $text = $lead + $item.Text
        if ($text.StartsWith($wordToComplete, [System.StringComparison]::Ordinal)) {
            [System.Management.Automation.CompletionResult]::new($text, $item.Text, 'ParameterValue', $item.Summary)
        }
    }
}
`;
}

/** Lines that output items; empty for none. */
function writeBody(source: RowSource, label: string): string {
  switch (source.kind) {
    case 'words':
      return writeItems(source.words);
    case 'choices':
    case 'list':
      return writeItems(source.choices.map((text) => ({ text, summary: label })));
    case 'live':
      return `& $live ${quote(source.values)}`;
    case 'file':
    case 'free':
      return '';
  }
}

/** A `switch` that outputs the items of the matching row; empty without rows, which PowerShell does not allow. */
function writeSwitch(subject: string, rows: readonly Row[]): string {
  const clauses = rows.flatMap(({ keys, label, source }) => {
    const body = indent(writeBody(source, label), 16);
    return body.trim() === ''
      ? []
      : keys.map((key) => `            ${quote(key)} {\n${body}\n            }`);
  });
  if (clauses.length === 0) return '';
  return `        switch -CaseSensitive (${subject}) {\n${clauses.join('\n')}\n        }`;
}

/** One item per line; CompletionResult requires a non-empty tool tip. */
function writeItems(items: readonly Word[]): string {
  return items
    .map(({ text, summary }) => `@{ Text = ${quote(text)}; Summary = ${quote(summary || text)} }`)
    .join('\n');
}

function indent(lines: string, columns: number): string {
  return lines.replaceAll(/^/gm, ' '.repeat(columns));
}

/**
 * Quotes a text in ASCII, with escapes for other characters: typographic quotes end a PowerShell string too
 * (about_Quoting_Rules).
 */
function quote(text: string): string {
  if (/^[ -~]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const escaped = text
    .replace(/["$\x60]/g, '\x60$&')
    .replace(/[^ -~]/g, (unit) => `$([char]0x${unit.charCodeAt(0).toString(16)})`);
  return `"${escaped}"`;
}
