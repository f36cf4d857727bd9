import type RFB from '@novnc/novnc';
import type { PageSession } from '../model/page.js';
import { make, makeButton, press } from './elements.js';
import { texts } from './texts.js';

const MODES = ['fit', 'match', 'actual'] as const;
type Mode = (typeof MODES)[number];

/** JPEG quality and compression level, 0…9, by kind of link. */
const QUALITY_FOR = { slow: { quality: 2, compression: 9 }, lan: { quality: 9, compression: 0 } };
const NORMAL = { quality: 6, compression: 2 };

/** Display settings: size, quality, full screen, view only. */
export function makePictureTools(
  { link, viewOnly: beginsViewOnly }: PageSession,
  current: () => RFB | undefined,
) {
  const { quality, compression } = link === null ? NORMAL : QUALITY_FOR[link];
  let mode: Mode = 'fit';
  let viewOnly = beginsViewOnly;

  /** Applies the settings to a new connection. */
  function apply(rfb: RFB): void {
    rfb.scaleViewport = mode === 'fit';
    rfb.resizeSession = mode === 'match';
    rfb.clipViewport = mode === 'actual';
    rfb.dragViewport = mode === 'actual' && viewOnly;
    rfb.viewOnly = viewOnly;
    rfb.qualityLevel = Number(slider.value);
    rfb.compressionLevel = compression;
  }

  function change(): void {
    for (const [name, button] of modeButtons) press(button, name === mode);
    press(viewOnlyButton, viewOnly);
    const rfb = current();
    if (rfb !== undefined) apply(rfb);
  }

  const modeButtons = new Map(
    MODES.map((name) => {
      const choose = () => {
        mode = name;
        change();
      };
      const hint = texts[`${name}Hint`];
      return [name, makeButton(`mode-${name}`, texts[name], choose, { title: hint })] as const;
    }),
  );
  const modes = make(
    'div',
    { class: 'group', role: 'group', 'aria-label': texts.mode },
    ...modeButtons.values(),
  );
  const viewOnlyButton = makeButton('view-only', texts.viewOnly, () => {
    viewOnly = !viewOnly;
    change();
  });
  const range = { type: 'range', min: '0', max: '9', value: String(quality) };
  const slider = make('input', { id: 'quality', ...range });
  slider.addEventListener('change', change);
  const label = make('label', { class: 'slider' }, texts.quality, slider);
  const fullScreen = makeButton('full-screen', texts.fullScreen, toggleFullScreen);
  document.addEventListener('fullscreenchange', () => {
    press(fullScreen, document.fullscreenElement !== null);
  });
  press(fullScreen, false);
  change();
  return { elements: [modes, fullScreen, viewOnlyButton, label], apply };
}

/** Ignored if the browser refuses. */
export function toggleFullScreen(): void {
  const done =
    document.fullscreenElement === null
      ? document.documentElement.requestFullscreen()
      : document.exitFullscreen();
  done.catch(() => {});
}
