import { DeskError } from '../../errors/desk-error.js';
import type { Facts } from './facts.js';
import { type Finding, failure, pass, skip, warn } from './finding.js';
import { installCommands } from './install-lines.js';
import { judge } from './judge.js';

/** Without a viewer a desktop can still be shown in the browser, so that only a viewer that was named can be missing. */
export function judgeViewers({ viewers, browser, viewerWish, operatingSystem }: Facts): Finding {
  return judge(viewers, ({ viewers: found, chosen }) => {
    if (viewerWish === 'none') return skip('viewers.noneWanted', {});
    if (chosen === undefined) {
      const known = found.map(({ id }) => id);
      return viewerWish === 'auto'
        ? warn('viewers.none', { install: installCommands(operatingSystem) })
        : failure(new DeskError('viewer.missing', { viewer: viewerWish, known }));
    }
    const { name, path } = chosen;
    const hasDisplay = browser.kind !== 'value' || browser.value.hasDisplay;
    return hasDisplay
      ? pass('viewers.found', { name, path, count: found.length })
      : warn('viewers.noDisplay', { name });
  });
}

export function judgeBrowser({ browser }: Facts): Finding {
  return judge(browser, ({ opener, isOff, canBeSeen }) => {
    if (isOff) return skip('browser.off', {});
    if (!canBeSeen) return skip('browser.unseen', {});
    return opener === undefined ? warn('browser.none', {}) : pass('browser.found', { opener });
  });
}
