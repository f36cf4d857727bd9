import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { linkFile } from '../../src/view/terminal-signals.js';

const linkTo = (path: string, text = path) =>
  `\x1b]8;;${pathToFileURL(path).href}\x1b\\${text}\x1b]8;;\x1b\\`;

it.each([
  ['alone', '/tmp/a', '/tmp/a', linkTo('/tmp/a')],
  ['in a sentence', 'Saved /tmp/a (1×1).', '/tmp/a', `Saved ${linkTo('/tmp/a')} (1×1).`],
  ['at its last place', '/tmp/a: /tmp/a', '/tmp/a', `/tmp/a: ${linkTo('/tmp/a')}`],
  ['between colours', '\x1b[32m/tmp/a\x1b[39m', '/tmp/a', `\x1b[32m${linkTo('/tmp/a')}\x1b[39m`],
  ['from the working directory', 'a.png', 'a.png', linkTo(`${process.cwd()}/a.png`, 'a.png')],
  ['as the gate shows it', '/tmp/a\\x1b', '/tmp/a\x1b', linkTo('/tmp/a\x1b', '/tmp/a\\x1b')],
  ['not where it does not stand', 'Saved.', '/tmp/a', 'Saved.'],
  ['not for an empty path', 'Saved.', '', 'Saved.'],
  ['with signs that mean something to replace', '/tmp/$&', '/tmp/$&', linkTo('/tmp/$&')],
])('a path becomes a link %s', (_, shown, path, linked) => {
  expect(linkFile(shown, path)).toBe(linked);
});
