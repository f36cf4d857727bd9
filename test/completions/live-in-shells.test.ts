import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { COMPLETION_FILES } from '../../src/completions/completion-files.js';
import type { CommandTree } from '../../src/model/command-tree.js';
import { describeWith } from '../helpers/real-components.js';
import { BIN } from '../helpers/run-bin.js';
import { startScriptedServer } from '../helpers/scripted-server.js';
import { pressTab } from './interactive-shell.js';
import { sessionsReply, writeLogins } from './live-home.js';
import { LIST_CASES, LIVE_ANSWERS, LIVE_CASES, LIVE_TREE } from './live-tree.js';
import { SHELL_STARTS, type ShellStart, startCommand, writeStartFile } from './shell-starts.js';
import { writeFakeProgram } from './stand-in-program.js';

const WITHIN_MS = 60_000;
const EXPANSIONS = ['$(touch canary)', '--profile=`touch canary`', '"$(touch canary)'];
/** Terminal control sequences for colours, cursor and character sets. */
const CONTROLS = /\x1b\[[\d;?]*[A-Za-z]|\x1b[()][A-Z0-9]|[\0\x0e\x0f]/g;

describeWith(['zsh', 'bash', 'fish'], 'live values in a real terminal', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-live-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(SHELL_STARTS)(
    '$title inserts candidates, lists them with descriptions and passes on the typed words',
    async (start) => {
      const { bin, calls } = writeFakeProgram(folder, LIVE_ANSWERS);
      writeFileSync(join(folder, 'picture.png'), '');
      const cases = [...LIVE_CASES, ...LIST_CASES];
      const press = terminal(start, bin);
      const listed = 'hpc-desk vnc show gv10';
      const answers = await press([...cases.map(([text]) => text), listed]);
      // Fish always appends a space.
      const lines = cases.map(([text, line]) => [
        text,
        start.shell === 'fish' ? line.trim() : line,
      ]);
      const found = cases.map(([text]) => {
        const line = answers.get(text)?.line;
        return [text, start.shell === 'fish' ? line?.trim() : line];
      });
      expect(found).toEqual(lines);
      expect(calls().slice(0, 3)).toEqual([
        ['__complete', 'sessions', '--', 'vnc', 'show'],
        ['__complete', 'sessions', '--', 'vnc', 'show'],
        ['__complete', 'sessions', '--', '--profile', 'work', 'vnc', 'connect'],
      ]);
      const screen = answers.get(listed)?.screen.replaceAll(CONTROLS, '');
      expect(screen).toMatch(/gv101--me--SIG--4 .*gv101:4, 1920x1080/);
      expect(screen).toMatch(/gv102:7 .*会话 \$HOME \\x1b %d/);
      expect(screen).not.toContain('must not be seen');
    },
    WITHIN_MS,
  );

  it.each(SHELL_STARTS)(
    '$title executes nothing from the typed line or the candidates',
    async (start) => {
      const hostile = ['$(touch canary)', '`touch canary`', ';touch canary', '$(touch\tcanary)'];
      const words = [...hostile, ...hostile.map((word) => `gv10${word}`)].join('\n');
      const { bin, calls } = writeFakeProgram(folder, { sessions: `${words}\n`, profiles: words });
      const typed = `--profile='$(touch canary)' "\`touch canary\`" \\$HOME`;
      const texts = [
        `hpc-desk ${typed} vnc show gv10`,
        'hpc-desk vnc show ',
        'hpc-desk --profile ',
        // Zsh itself expands the word at the cursor (expand-or-complete).
        ...(start.shell === 'zsh' ? [] : EXPANSIONS.map((word) => `hpc-desk vnc show ${word}`)),
      ];
      await terminal(start, bin)(texts);
      expect(existsSync(join(folder, 'canary'))).toBe(false);
      // Each typed word is one argument, with or without its quotes.
      const passed = calls()[0]?.slice(3) ?? [];
      expect(passed.map((word) => word.replaceAll(/["'\\]/g, ''))).toEqual([
        '--profile=$(touch canary)',
        '`touch canary`',
        '$HOME',
        'vnc',
        'show',
      ]);
    },
    WITHIN_MS,
  );

  it.each(SHELL_STARTS)(
    '$title inserts only safe words, even if rows have the same word',
    async (start) => {
      const note = ';touch canary #!!$(touch canary)`touch canary`';
      const words = [
        'same',
        'ca-se',
        'CA_SE',
        '-oEvil=x',
        '--evil',
        'sp ace',
        "q'uote",
        '*',
        '!!',
        '~',
      ];
      const rows = words.flatMap((word) => [`${word}\t${note} 1`, `${word}\t${note} 2`]);
      const { bin } = writeFakeProgram(folder, { sessions: `${rows.join('\n')}\n` });
      const folding =
        start.shell === 'bash'
          ? "\nbind 'set completion-ignore-case on' 'set completion-map-case on'"
          : '';
      const texts = ['', 's', 'sam', 'c', 'ca', 'q'].map((word) => `hpc-desk vnc show ${word}`);
      const press = terminal({ ...start, before: start.before + folding }, bin);
      const answers = await press(texts);
      for (const text of texts) {
        expect(answers.get(text)?.line).toMatch(/^hpc-desk vnc show [\w.:@+-]* *$/);
      }
      expect([...answers.values()].map(({ screen }) => screen).join('')).not.toMatch(/evil/i);
      expect(existsSync(join(folder, 'canary'))).toBe(false);
    },
    WITHIN_MS,
  );

  it.each(SHELL_STARTS)(
    '$title is safe with a hostile session list from the real program',
    async (start) => {
      const title = '\x1b]0;owned\x07';
      const names = ['$(touch canary)', '`touch canary`', `a\n${title}`, '"; touch canary; "', "'"];
      const sessions = [
        ...names.map((name, index) => ({ sessionId: `good-${index}`, name })),
        ...names.map((sessionId) => ({ sessionId, name: 'harmless' })),
        ...names.map((name) => ({ sessionId: `good-9${name}`, name })),
      ];
      const server = await startScriptedServer(sessionsReply(sessions));
      writeLogins(join(folder, 'config'), server.origin);
      const texts = ['go', '', 'good-', 'good-9'].map((word) => `hpc-desk vnc show ${word}`);
      const answers = await terminal(start, linkProgram(folder))(texts);
      await server.close();
      expect(existsSync(join(folder, 'canary'))).toBe(false);
      const screens = texts.map((text) => answers.get(text)?.screen).join('');
      const shown = screens.replaceAll(CONTROLS, '');
      expect(shown).toMatch(/good-0 .*\$\(touch canary\)/);
      expect(shown).toContain('good-4 ');
      expect(shown).toContain('a\\x0a\\x1b]0;owned\\x07');
      expect(screens).not.toContain(title);
      expect(screens).not.toContain('harmless');
      expect(answers.get('hpc-desk vnc show go')?.line).toBe('hpc-desk vnc show good-');
      expect(answers.get('hpc-desk vnc show good-9')?.line).toBe('hpc-desk vnc show good-9');
    },
    WITHIN_MS,
  );

  function terminal(start: ShellStart, bin: string, tree: CommandTree = LIVE_TREE) {
    const script = COMPLETION_FILES.find(({ shell }) => shell === start.shell)?.write(tree) ?? '';
    writeStartFile(start, folder, script);
    const config = join(folder, 'config');
    const command = `env PATH=${bin}:$PATH HPC_DESK_CONFIG_DIR=${config} ${startCommand(start)}`;
    return (texts: readonly string[]) => pressTab(command, folder, texts);
  }
});

/** Links the real program as `hpc-desk` and returns the folder for PATH. */
function linkProgram(folder: string): string {
  symlinkSync(BIN, join(folder, 'hpc-desk'));
  return folder;
}
