import headless from '@xterm/headless';

/** The effect of a text on a terminal. */
export interface Seen {
  /** Everything beyond text and colours: replies, titles, bells, sequences other than SGR, changed state. */
  readonly effects: readonly string[];
  /** The screen and the scrollback, one string per line, without whitespace. */
  readonly lines: readonly string[];
}

/** A real terminal without a window (xterm.js) that reports what a text made it do. */
export interface Screen {
  /** Shows a text on an empty screen. */
  show(text: string): Promise<Seen>;
  close(): void;
}

/** Written after the text: if it is missing, a sequence has not ended. */
const MARK = '=end=';
const COLUMNS = 200;
const ROWS = 30;

/** The parts of xterm.js that its public types leave out. */
interface Inside {
  readonly _core: {
    readonly coreService: {
      readonly isCursorHidden: boolean;
      readonly isCursorInitialized: boolean;
    };
    readonly buffer: { readonly scrollTop: number; readonly scrollBottom: number };
  };
}

export function openScreen(): Screen {
  const effects: string[] = [];
  const open = () => openTerminal((effect) => effects.push(effect));
  let terminal = open();
  return {
    async show(text) {
      effects.length = 0;
      await write(terminal, `${text.replace(/\n$/, '')}\r\n${MARK}`);
      // Replies of the terminal come after the write.
      await write(terminal, '');
      const lines = readLines(terminal);
      const isEnded = lines.at(-1) === MARK;
      effects.push(...changes(terminal), ...(isEnded ? [] : ['the text has no end']));
      const seen = { effects: [...effects], lines: lines.slice(0, -1) };
      if (effects.length === 0) {
        terminal.reset();
      } else {
        terminal.dispose();
        terminal = open();
      }
      return seen;
    },
    close: () => terminal.dispose(),
  };
}

function openTerminal(note: (effect: string) => void): headless.Terminal {
  const terminal = new headless.Terminal({
    allowProposedApi: true,
    // It would log every invalid sequence.
    logLevel: 'off',
    cols: COLUMNS,
    rows: ROWS,
    scrollback: 2000,
    // Like the line discipline of a terminal.
    convertEol: true,
  });
  terminal.onData((answer) => note(`answers ${JSON.stringify(answer)}`));
  terminal.onBinary(() => note('answers in bytes'));
  terminal.onTitleChange((title) => note(`title ${title}`));
  terminal.onBell(() => note('bell'));
  const { parser } = terminal;
  const heard = (what: string) => () => {
    note(what);
    return false;
  };
  for (let code = 0x40; code <= 0x7e; code++) {
    const final = String.fromCharCode(code);
    for (const prefix of ['', '?', '>', '=', '<']) {
      if (prefix + final !== 'm')
        parser.registerCsiHandler({ prefix, final }, heard(`CSI ${final}`));
    }
    for (const intermediates of [' ', '!', '"', '$', "'", '*', '#']) {
      parser.registerCsiHandler({ intermediates, final }, heard(`CSI ${intermediates}${final}`));
    }
    parser.registerDcsHandler({ final }, heard(`DCS ${final}`));
    for (const intermediates of ['$', '+']) {
      parser.registerDcsHandler({ intermediates, final }, heard(`DCS ${intermediates}${final}`));
    }
  }
  for (let code = 0x30; code <= 0x7e; code++) {
    const final = String.fromCharCode(code);
    // The introducer of a string or a sequence is reported at its end.
    if (!'[]P_^X\\'.includes(final)) parser.registerEscHandler({ final }, heard(`ESC ${final}`));
    for (const intermediates of ['(', ')', '*', '+', '%', '#', ' ']) {
      parser.registerEscHandler({ intermediates, final }, heard(`ESC ${intermediates}${final}`));
    }
  }
  for (let number = 0; number < 2000; number++) {
    parser.registerOscHandler(number, heard(`OSC ${number}`));
  }
  return terminal;
}

function write(terminal: headless.Terminal, text: string): Promise<void> {
  return new Promise((resolve) => terminal.write(text, resolve));
}

/** The state that differs from that of a new terminal. */
function changes(terminal: headless.Terminal): readonly string[] {
  const { _core: inside } = terminal as unknown as Inside;
  const { buffer, modes } = terminal;
  const facts: Readonly<Record<string, boolean>> = {
    'alternate screen': buffer.active.type !== 'normal',
    'cursor hidden': inside.coreService.isCursorHidden,
    'scroll cluster': inside.buffer.scrollTop !== 0 || inside.buffer.scrollBottom !== ROWS - 1,
    'cursor not behind the text': buffer.active.cursorX !== MARK.length,
    'application keys': modes.applicationCursorKeysMode || modes.applicationKeypadMode,
    'bracketed paste': modes.bracketedPasteMode,
    'insert mode': modes.insertMode,
    mouse: modes.mouseTrackingMode !== 'none',
    'origin mode': modes.originMode,
    'focus reports': modes.sendFocusMode,
    'no wraparound': !modes.wraparoundMode,
    'reverse wraparound': modes.reverseWraparoundMode,
    'another size': terminal.cols !== COLUMNS || terminal.rows !== ROWS,
  };
  return Object.keys(facts).filter((name) => facts[name]);
}

/** Lines up to the cursor; a wrapped line counts as one. */
function readLines(terminal: headless.Terminal): readonly string[] {
  const { active } = terminal.buffer;
  const lines: string[] = [];
  for (let row = 0; row <= active.baseY + active.cursorY; row++) {
    const line = active.getLine(row);
    const text = withoutBlanks(line?.translateToString(true) ?? '');
    if (line?.isWrapped) lines.push(`${lines.pop() ?? ''}${text}`);
    else lines.push(text);
  }
  return lines;
}

export function withoutBlanks(text: string): string {
  return text.replaceAll(/\s/g, '');
}
