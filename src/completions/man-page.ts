import {
  type CommandTree,
  type TreeCommand,
  type TreeOption,
  withChoices,
} from '../model/command-tree.js';
import { writeItem } from './reference.js';
import { toOneLine } from './tables.js';

/** The content besides the commands. */
export interface ManPageFacts {
  readonly about: string;
  readonly topics: readonly ManPageTopic[];
  /** Command lines with captions, by command: `vnc create`. */
  readonly examples: ReadonlyMap<string, readonly Pair[]>;
}

/** A help topic; becomes a section. */
export interface ManPageTopic {
  readonly title: string;
  readonly sections: readonly {
    readonly title?: string;
    readonly paragraphs?: readonly string[];
    readonly rows?: readonly Pair[];
  }[];
  readonly examples: readonly Pair[];
}

type Pair = readonly [term: string, text: string];

/** Generates the manual page in man(7), in ASCII for man-db, mandoc and old troffs. */
export function writeManPage(tree: CommandTree, facts: ManPageFacts): string {
  const { program, globalOptions } = tree;
  const commands = tree.commands.filter((command) => !command.isGroup);
  const lines = [
    `.\\" Generated from the command tree of ${program}: edit the commands, then run "npm run generate".`,
    `.TH ${quote(program.toUpperCase())} 1 "" ${quote(program)} "User Commands"`,
    // No hyphenation or justification, for commands and addresses.
    '.nh',
    '.nr HY 0',
    '.ad l',
    '.SH NAME',
    // Without full stop, for apropos(1).
    `${escapeText(program)} \\- ${escapeText(facts.about.replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    `${bold(program)} ${italic('COMMAND')} [${italic('ARGUMENT')}] [${italic('OPTION')}]...`,
    '.SH COMMANDS',
    ...commands.flatMap((command) => writeCommand(command, tree, facts)),
    '.SH OPTIONS',
    'They can be used with every command, anywhere on the line.',
    ...globalOptions.flatMap(writeOptionItem),
    ...facts.topics.flatMap(writeTopic),
    '.SH FILES',
    `${bold(`${program} config path`)} prints the folder of settings and credentials.`,
    '.SH SEE ALSO',
    ['.BR ssh (1),', '.BR ssh_config (5),', '.BR vncviewer (1),', '.BR Xvnc (1)'].join('\n'),
  ];
  return `${lines.filter(isNeeded).join('\n')}\n`;
}

/** A paragraph request right after a heading is redundant. */
function isNeeded(line: string, index: number, lines: readonly string[]): boolean {
  return !(line === '.PP' && /^\.S[HS] /.test(lines[index - 1] ?? ''));
}

function writeCommand(
  command: TreeCommand,
  { program }: CommandTree,
  { examples }: ManPageFacts,
): readonly string[] {
  const words = command.path.join(' ');
  const usage = [
    bold(`${program} ${words}`),
    ...command.arguments.map(({ name, isRequired }) =>
      isRequired ? italic(name) : `[${italic(name)}]`,
    ),
    ...(command.options.length > 0 ? [`[${italic('OPTION')}]...`] : []),
  ];
  return [
    `.SS ${usage.join(' ')}`,
    startText(command.summary),
    ...command.arguments.flatMap(({ name, summary, choices }) =>
      item(italic(name), withChoices(summary, choices.join(', '))),
    ),
    ...command.options.flatMap(writeOptionItem),
    ...(examples.get(words) ?? []).flatMap(writeExample),
  ];
}

function writeTopic({ title, sections, examples }: ManPageTopic): readonly string[] {
  return [
    `.SH ${escapeText(title.toUpperCase())}`,
    ...sections.flatMap(({ title, paragraphs = [], rows = [] }) => [
      ...(title === undefined ? [] : [`.SS ${escapeText(title.replace(/:$/, ''))}`]),
      ...paragraphs.flatMap((text) => ['.PP', startText(text)]),
      ...rows.flatMap(([term, text]) => item(bold(term), text)),
    ]),
    '.SS Examples',
    ...examples.flatMap(writeExample),
  ];
}

function writeOptionItem(option: TreeOption): readonly string[] {
  return item(
    formatUsage(writeItem(option)),
    withChoices(option.summary, option.choices.join(', ')),
  );
}

function item(term: string, text: string): readonly string[] {
  return ['.TP', term, startText(text)];
}

function writeExample([line, caption]: Pair): readonly string[] {
  return ['.PP', startText(`${caption}:`), '.PP', '.RS 4', '.EX', startText(line), '.EE', '.RE'];
}

/** Literals in bold, placeholders in italics. */
function formatUsage(text: string): string {
  return text
    .split(/([A-Z]{2,})/)
    .map((part, index) => (part === '' ? '' : index % 2 === 1 ? italic(part) : bold(part)))
    .join('');
}

function bold(text: string): string {
  return `\\fB${escapeText(text)}\\fR`;
}

function italic(text: string): string {
  return `\\fI${escapeText(text)}\\fR`;
}

function quote(text: string): string {
  return `"${escapeText(text)}"`;
}

/** A text line, escaped so that it does not start a request. */
function startText(text: string): string {
  return escapeText(text).replace(/^[.]/, '\\&.');
}

/** Escapes for characters that troff interprets or typesets as something that cannot be pasted. */
const GLYPHS: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  "'": '\\(aq',
  '"': '\\(dq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
};

function escapeText(text: string): string {
  return toOneLine(text).replace(/[^ -~]|[\\\-'"`^~]/gu, (character) => {
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return GLYPHS[character] ?? `\\[u${code}]`;
  });
}
