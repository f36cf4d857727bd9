import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en/index.js';
import { createTaskbar } from '../../src/view/progress.js';
import {
  formatLink,
  formatNotification,
  formatTaskbar,
  linkFile,
} from '../../src/view/terminal-signals.js';
import { PLAIN_THEME } from '../../src/view/theme.js';
import { createUi } from '../../src/view/ui.js';

describe('a notification', () => {
  it.each([
    [undefined, '\x07'],
    ['osc9', '\x07\x1b]9;hpc-desk: vnc create is done\x1b\\'],
    ['osc99', '\x07\x1b]99;;hpc-desk: vnc create is done\x1b\\'],
    ['osc777', '\x07\x1b]777;notify;hpc-desk;vnc create is done\x1b\\'],
  ] as const)('with the protocol %s', (notification, sequence) => {
    expect(formatNotification('vnc create is done', notification)).toBe(sequence);
  });

  it('escapes control characters and separators in its text', () => {
    const text = formatNotification('a;b\x07\x1b\\\x1b]0;title\x07', 'osc777');
    expect(text).toBe('\x07\x1b]777;notify;hpc-desk;a,b\\x07\\x1b\\\\x1b]0,title\\x07\x1b\\');
  });
});

describe('the taskbar', () => {
  it.each([
    [0, '\x1b]9;4;1;1\x1b\\'],
    [0.5, '\x1b]9;4;1;50\x1b\\'],
    [1, '\x1b]9;4;1;99\x1b\\'],
    [undefined, '\x1b]9;4;0;0\x1b\\'],
  ])('encodes the fraction %s', (fraction, sequence) => {
    expect(formatTaskbar(fraction)).toBe(sequence);
  });

  const open = () => {
    const written: string[] = [];
    const taskbar = createTaskbar((text) => written.push(text));
    const show = (elapsedMs: number) =>
      taskbar.show({
        ...{ kind: 'waiting', reason: 'busy', tries: 1, nextTryInMs: 1_000 },
        ...{ elapsedMs, remainingMs: 100_000 - elapsedMs },
      });
    return { taskbar, show, written };
  };

  it('is written at most every 5 s', () => {
    const { show, written } = open();
    for (let elapsedMs = 0; elapsedMs <= 12_000; elapsedMs += 1_000) show(elapsedMs);
    expect(written).toEqual([0, 0.05, 0.1].map(formatTaskbar));
  });

  it('is cleared once, and only when it was shown', () => {
    const { taskbar, show, written } = open();
    taskbar.clear();
    expect(written).toEqual([]);
    show(10_000);
    taskbar.clear();
    taskbar.clear();
    expect(written).toEqual([0.1, undefined].map(formatTaskbar));
  });

  it('can be shown again after it was cleared, as after a prompt', () => {
    const { taskbar, show, written } = open();
    show(10_000);
    taskbar.clear();
    show(11_000);
    expect(written).toHaveLength(3);
  });
});

describe('a link', () => {
  it('encloses its text and is closed after it', () => {
    const link = formatLink('~/.config', new URL('file:///home/me/.config'));
    expect(link).toBe('\x1b]8;;file:///home/me/.config\x1b\\~/.config\x1b]8;;\x1b\\');
  });

  it('has no control character in its target', () => {
    const link = formatLink('x', pathToFileURL('/tmp/a\x1b\\b\x07;c d\u202e'));
    expect(link).toMatch(/^\x1b\]8;;[!-~]+\x1b\\x\x1b\]8;;\x1b\\$/);
    expect(link.match(/\x1b/g)).toHaveLength(4);
  });

  it.each([
    [true, '\x1b]8;;file:///tmp/a%20b\x1b\\/tmp/a b\x1b]8;;\x1b\\'],
    [false, '/tmp/a b'],
    [undefined, '/tmp/a b'],
  ])('is used for a file only if links are enabled: %s', (hasLinks, text) => {
    const options = { messages: en, theme: PLAIN_THEME, columns: 80, now: new Date(0) };
    const ui = createUi(hasLinks === undefined ? options : { ...options, hasLinks });
    expect(ui.file('/tmp/a b')).toBe(text);
    expect(ui.linked('Saved /tmp/a b.', '/tmp/a b')).toBe(`Saved ${text}.`);
  });
});

const linkTo = (path: string, text = path) =>
  `\x1b]8;;${pathToFileURL(path).href}\x1b\\${text}\x1b]8;;\x1b\\`;

it.each([
  ['alone', '/tmp/a', '/tmp/a', linkTo('/tmp/a')],
  ['in a sentence', 'Saved /tmp/a (1×1).', '/tmp/a', `Saved ${linkTo('/tmp/a')} (1×1).`],
  ['at its last place', '/tmp/a: /tmp/a', '/tmp/a', `/tmp/a: ${linkTo('/tmp/a')}`],
  ['between colours', '\x1b[32m/tmp/a\x1b[39m', '/tmp/a', `\x1b[32m${linkTo('/tmp/a')}\x1b[39m`],
  ['from the working directory', 'a.png', 'a.png', linkTo(`${process.cwd()}/a.png`, 'a.png')],
  [
    'with escaped control characters',
    '/tmp/a\\x1b',
    '/tmp/a\x1b',
    linkTo('/tmp/a\x1b', '/tmp/a\\x1b'),
  ],
  ['not if the text does not contain it', 'Saved.', '/tmp/a', 'Saved.'],
  ['not for an empty path', 'Saved.', '', 'Saved.'],
  ['with special replacement patterns ($&)', '/tmp/$&', '/tmp/$&', linkTo('/tmp/$&')],
])('a path becomes a link %s', (_, shown, path, linked) => {
  expect(linkFile(shown, path)).toBe(linked);
});
