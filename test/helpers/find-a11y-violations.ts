import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Serious and critical axe-core violations in the current state of a page. */
export function findA11yViolations(page: Page): Promise<unknown> {
  return page.evaluate(`${axe.source};
    axe.run().then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
}
