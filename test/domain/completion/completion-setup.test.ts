import { expect, it } from 'vitest';
import { addBlock, removeBlock } from '../../../src/domain/completion/completion-setup.js';

const LINES = ['. /a/script'];

/** Contents of a shell startup file before the installation. */
const CONTENTS: readonly (readonly [string, Buffer | undefined])[] = [
  ['no file', undefined],
  ['an empty file', Buffer.from('')],
  ['lines', Buffer.from('export A=1\n')],
  ['a last line without a line feed', Buffer.from('export A=1')],
  ['empty lines at the end', Buffer.from('export A=1\n\n\n')],
  ['CRLF line endings', Buffer.from('export A=1\r\nB=2\r\n')],
  ['bytes that are not UTF-8', Buffer.from([0x41, 0xff, 0xfe, 0x00, 0x0a])],
  ['GBK', Buffer.from([0x23, 0xb2, 0xb9, 0xc8, 0xab, 0x0a])],
  ['a start marker without an end marker', Buffer.from('# >>> hpc-desk completion >>>\nx\n')],
  ['an end marker alone', Buffer.from('# <<< hpc-desk completion <<<\n')],
  ['a line similar to a marker', Buffer.from('x # >>> hpc-desk completion >>>\n')],
];

it.each(CONTENTS)('removing the block from %s restores every byte', (_, content) => {
  const added = addBlock(content, LINES, 0);
  expect(added.toString('latin1')).toContain('\n. /a/script\n');
  expect(removeBlock(added)?.content).toEqual(content);
});

it.each(CONTENTS)('adding the block to %s twice is the same as adding it once', (_, content) => {
  const added = addBlock(content, LINES, 2);
  expect(addBlock(added, LINES, 0)).toEqual(added);
});

it('a changed block replaces the previous one, and keeps the number of created folders', () => {
  const added = addBlock(undefined, LINES, 3);
  const changed = addBlock(added, ['. /b/脚本'], 0);
  expect(changed.toString()).toContain('. /b/脚本\n');
  expect(changed.toString()).not.toContain('/a/script');
  expect(removeBlock(changed)).toEqual({ content: undefined, folders: 3 });
});

it('lines added around the block are kept', () => {
  const added = addBlock(Buffer.from('one'), LINES, 0);
  const more = Buffer.concat([added, Buffer.from('two\n')]);
  expect(removeBlock(more)?.content?.toString()).toBe('one\ntwo\n');
  const around = Buffer.concat([Buffer.from('zero\n'), addBlock(undefined, LINES, 1)]);
  expect(removeBlock(around)).toEqual({ content: Buffer.from('zero\n'), folders: 0 });
});

it('removeBlock returns undefined for a file without the block', () => {
  expect(removeBlock(Buffer.from('export A=1\n'))).toBeUndefined();
});
