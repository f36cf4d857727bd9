import { dirname } from 'node:path';
import { DeskError } from '../../errors/desk-error.js';
import type { ShellFiles } from '../../store/shell-files.js';
import type { CompletionPlace } from './completion-places.js';

/** A change to a file or folder of the user, or `unchanged`. */
export interface CompletionChange {
  readonly shell: string;
  readonly change: 'created' | 'changed' | 'removed' | 'unchanged';
  /** Ends with a slash for a folder. */
  readonly path: string;
}

const MARK_TEXT = '# Put here by hpc-desk completion install; folders made for it: ';
/** Last line of an installed script: marks the file as ours and records the number of folders created for it. */
const MARK = /\n# Put here by hpc-desk completion install; folders made for it: (\d{1,2})\n$/;
/** First lines of a script that the user saved with `completion print`. */
const HEAD =
  /^(#compdef hpc-desk\n)?# \w+ completion for hpc-desk, generated from its command tree\.\n/;

/** Installs a script and its start-up lines. @throws output.failed, also when another program's file is there */
export function installCompletion(
  files: ShellFiles,
  shell: string,
  { path, startFile }: CompletionPlace,
  script: string,
): readonly CompletionChange[] {
  const old = files.read(path)?.toString();
  const isOurs = old === undefined || MARK.test(old) || HEAD.test(old);
  if (!isOurs) throw new DeskError('output.failed', { reason: `${path}: EEXIST` });
  const folders =
    old === undefined ? files.missingFolders(path).length : Number(MARK.exec(old)?.[1] ?? 0);
  const changes = putFile(files, shell, path, Buffer.from(`${script}${MARK_TEXT}${folders}\n`));
  if (startFile === undefined) return changes;

  const before = files.read(startFile.path);
  const missing = files.missingFolders(startFile.path).length;
  const after = addBlock(before, startFile.lines, missing);
  return [...changes, ...putFile(files, shell, startFile.path, after)];
}

/** Removes what `installCompletion` created. @throws output.failed */
export function uninstallCompletion(
  files: ShellFiles,
  places: ReadonlyMap<string, CompletionPlace>,
): readonly CompletionChange[] {
  const dropped = [...places].flatMap(([shell, place]) => dropFiles(files, shell, place));
  const changes = dropped.map(({ folders: _, ...change }) => change);
  // Innermost folders first; shells share some.
  const folders = new Map(
    dropped.flatMap(({ shell, path, folders }) =>
      foldersAbove(path, folders).map((folder) => [folder, shell] as const),
    ),
  );
  const removed = [...folders]
    .toSorted(([one], [other]) => other.length - one.length)
    .filter(([folder]) => files.removeEmptyFolder(folder))
    .map(([folder, shell]) => ({ shell, change: 'removed' as const, path: `${folder}/` }));
  return [...changes, ...removed];
}

interface Dropped extends CompletionChange {
  /** Number of folders created for the file. */
  readonly folders: number;
}

function dropFiles(
  files: ShellFiles,
  shell: string,
  { path, startFile }: CompletionPlace,
): readonly Dropped[] {
  const dropped = startFile === undefined ? [] : dropLines(files, shell, startFile.path);
  const mark = MARK.exec(files.read(path)?.toString() ?? '');
  if (mark === null) return dropped;
  files.remove(path);
  return [...dropped, { shell, change: 'removed', path, folders: Number(mark[1]) }];
}

function dropLines(files: ShellFiles, shell: string, path: string): readonly Dropped[] {
  const old = files.read(path);
  const without = old === undefined ? undefined : removeBlock(old);
  if (without === undefined) return [];
  const { content, folders } = without;
  if (content === undefined) files.remove(path);
  else files.write(path, content);
  return [{ shell, change: content === undefined ? 'removed' : 'changed', path, folders }];
}

function foldersAbove(path: string, count: number): readonly string[] {
  const folder = dirname(path);
  return count === 0 ? [] : [folder, ...foldersAbove(folder, count - 1)];
}

function putFile(
  files: ShellFiles,
  shell: string,
  path: string,
  content: Buffer,
): readonly CompletionChange[] {
  const old = files.read(path);
  if (old?.equals(content) === true) return [{ shell, change: 'unchanged', path }];
  const folders = files.missingFolders(path);
  files.write(path, content);
  return [
    ...folders.map((folder) => ({ shell, change: 'created' as const, path: `${folder}/` })),
    { shell, change: old === undefined ? 'created' : 'changed', path },
  ];
}

const END = '# <<< hpc-desk completion <<<';
const REMARK =
  '# Written by hpc-desk completion install; hpc-desk completion uninstall takes it out again';
const BLOCK = new RegExp(
  `^# >>> hpc-desk completion(?: \\((?<made>[^)\\n]*)\\))? >>>\\n${REMARK}\\n(?:(?!# >>> hpc-desk)[^\\n]*\\n)*?${END}\\n?`,
  'm',
);
const NEW_FILE = /^new file(?:, new folders: (?<folders>\d{1,2}))?$/;

/**
 * Adds our lines to a start-up file, between two marker lines. The first one records what else was created, so that
 * removal restores the original.
 *
 * @param missingFolders - Number of folders to be created for the file.
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
  if (isWhole) return toBuffer(text + writeBlock(undefined, lines));
  return toBuffer(`${text}\n${writeBlock('added line feed', lines)}`);
}

/**
 * Removes our lines; undefined when there are none. Without content when we created the file, with the number of folders
 * created for it.
 */
export function removeBlock(content: Buffer) {
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
  // The added line feed stays if something follows the block.
  const isLast = made === 'added line feed' && after === '';
  return { content: toBuffer((isLast ? before.replace(/\n$/, '') : before) + after), folders: 0 };
}

/** Latin-1 keeps every byte, whatever the file's encoding. */
function toBuffer(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function writeBlock(made: string | undefined, lines: readonly string[]): string {
  const begin = `# >>> hpc-desk completion${made === undefined ? '' : ` (${made})`} >>>`;
  const text = [begin, REMARK, ...lines, END, ''].join('\n');
  return Buffer.from(text, 'utf8').toString('latin1');
}
