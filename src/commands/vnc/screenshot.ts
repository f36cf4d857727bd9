import { captureDesktop } from '../../domain/session/check-session.js';
import { DeskError } from '../../errors/desk-error.js';
import { type Drawing, drawPicture } from '../../view/picture/draw-picture.js';
import { readTerminalFeatures } from '../../view/terminal-features.js';
import { type ByteStream, defineCommand, helpOf, isByteStream, type RawInput } from '../command.js';
import { allowTargetOption, selectorArgument } from '../options.js';
import { findRoute, readRouteRequest, routeOptions } from './route-options.js';
import { findSession } from './session-view.js';
import { captureOptions } from './vnc-password.js';

interface Screenshot {
  /** Null when the picture was only shown. */
  readonly file: string | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bytes: number;
  /** A symbol, so that `--json` leaves it out. */
  readonly [DRAWING]?: Drawing;
}

const DRAWING = Symbol('drawing');

/** Saves the desktop as PNG without disturbing connected clients. */
export const screenshot = defineCommand({
  path: ['vnc', 'screenshot'],
  help: helpOf('desktops', (messages) => messages.vnc.screenshot, {
    example: 'hpc-desk vnc screenshot',
    exampleShow: 'hpc-desk vnc screenshot --show',
    examplePipe: 'hpc-desk vnc screenshot --file - > desktop.png',
  }),
  arguments: [selectorArgument],
  options: [
    { flags: '--file <PATH|->', isFile: true, summary: (messages) => messages.vnc.screenshot.file },
    { flags: '--show', summary: (messages) => messages.vnc.screenshot.show },
    ...routeOptions,
    allowTargetOption,
  ],

  parse(input) {
    const file = input.text('--file');
    if (file === '-') {
      refuseTogether(input, '--file -', ['--json', '--output', '--fields', '--field', '--show']);
    }
    if (file === '') throw new DeskError('usage.missingValue', { option: '--file' });
    return {
      selector: input.arguments[0],
      file,
      isShown: input.has('--show'),
      route: readRouteRequest(input),
      allowTarget: input.has('--allow-target'),
    };
  },

  async run(context, options): Promise<Screenshot | ByteStream> {
    const { isTerminal } = context.output;
    // Before any request.
    if (options.file === '-' && isTerminal) refuse('usage.bytesToTerminal', '--file -');
    if (options.isShown && !isTerminal) refuse('usage.needsTerminal', '--show');
    const { session } = await findSession(context, options);
    const route = await findRoute(context, session, options.route);
    context.progress({ kind: 'routing', route });
    const plan = { ...(await captureOptions(context)), route };
    const picture = await captureDesktop(await context.transport(), plan);
    const { encodePng } = await import('../../view/picture/png.js');
    if (options.file === '-') return encodePng(picture);
    const { pictureFileName, savePicture } = await import('./save-picture.js');
    const { widthPx, heightPx } = picture;
    if (!options.isShown) {
      const file = options.file ?? pictureFileName(context.clock.now());
      return { file, widthPx, heightPx, bytes: await savePicture(file, encodePng(picture)) };
    }
    const { buffer } = await import('node:stream/consumers');
    const png = await buffer(encodePng(picture));
    const { file = null } = options;
    if (file !== null) await savePicture(file, png);
    const { graphics } = readTerminalFeatures(context.runtime.environment);
    return { file, widthPx, heightPx, bytes: png.length, [DRAWING]: { graphics, picture, png } };
  },

  output: {
    fields: ['file', 'widthPx', 'heightPx', 'bytes'],
  },
  view(result, ui) {
    // Not reached: byte streams are written directly.
    if (isByteStream(result)) return '';
    const { file, widthPx, heightPx, [DRAWING]: drawing } = result;
    const words = ui.messages.vnc.screenshot;
    const saved = (path: string) => ui.theme.good(words.saved(path, `${widthPx}×${heightPx}`));
    return [
      ...(drawing === undefined ? [] : [drawPicture(drawing, ui.columns)]),
      ...(file === null ? [] : [ui.linked(saved(file), file)]),
    ].join('\n');
  },
});

function refuseTogether(input: RawInput, first: string, others: readonly `--${string}`[]): void {
  const second = others.find((name) => input.has(name));
  if (second !== undefined) throw new DeskError('usage.conflict', { first, second });
}

function refuse(code: 'usage.bytesToTerminal' | 'usage.needsTerminal', option: string): never {
  throw new DeskError(code, { option });
}
