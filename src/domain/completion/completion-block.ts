const END = '# <<< hpc-desk completion <<<';
const REMARK =
  '# Written by hpc-desk completion install; hpc-desk completion uninstall takes it out again';
const BLOCK = new RegExp(
  `^# >>> hpc-desk completion(?: \\((?<made>[^)\\n]*)\\))? >>>\\n${REMARK}\\n(?:(?!# >>> hpc-desk)[^\\n]*\\n)*?${END}\\n?`,
  'm',
);
const NEW_FILE = /^new file(?:, new folders: (?<folders>\d{1,2}))?$/;

/**
 * A start file with our lines in it. They stand between two marks, and the first mark says what else had to be made, so
 * that taking them out leaves everything as it was.
 *
 * @param missingFolders - How many folders have to be made for the file.
 */
export function addBlock(
  content: Buffer | undefined,
  lines: readonly string[],
  missingFolders: number,
): Buffer {
  if (content === undefined) {
    const folders = missingFolders === 0 ? '' : `, new folders: ${missingFolders}`;
    return toBuffer(writeBlock(`new file${folders}`, lines));
  }
  const text = content.toString('latin1');
  const present = BLOCK.exec(text);
  if (present !== null) {
    const [block] = present;
    const after = text.slice(present.index + block.length);
    return toBuffer(text.slice(0, present.index) + writeBlock(present.groups?.made, lines) + after);
  }
  const isWhole = text === '' || text.endsWith('\n');
  return toBuffer(
    isWhole
      ? text + writeBlock(undefined, lines)
      : `${text}\n${writeBlock('added line feed', lines)}`,
  );
}

export interface WithoutBlock {
  /** Undefined when there was no file before. */
  readonly content: Buffer | undefined;
  /** How many folders were made for the file. */
  readonly folders: number;
}

/** The file without our lines; undefined where they are not there. */
export function removeBlock(content: Buffer): WithoutBlock | undefined {
  const text = content.toString('latin1');
  const present = BLOCK.exec(text);
  if (present === null) return undefined;
  const before = text.slice(0, present.index);
  const after = text.slice(present.index + present[0].length);
  const made = present.groups?.made ?? '';
  const newFile = NEW_FILE.exec(made);
  if (newFile !== null && before + after === '') {
    return { content: undefined, folders: Number(newFile.groups?.folders ?? 0) };
  }
  // What somebody added behind the lines needs the line feed.
  const isLast = made === 'added line feed' && after === '';
  return { content: toBuffer((isLast ? before.replace(/\n$/, '') : before) + after), folders: 0 };
}

/** In Latin-1 every byte is a character, so that a file in whatever encoding stays as it is. */
function toBuffer(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function writeBlock(made: string | undefined, lines: readonly string[]): string {
  const begin = `# >>> hpc-desk completion${made === undefined ? '' : ` (${made})`} >>>`;
  const text = [begin, REMARK, ...lines, END, ''].join('\n');
  return Buffer.from(text, 'utf8').toString('latin1');
}
