import { type Browser, chromium } from 'playwright-core';
import { findReal } from './real-components.js';

/** Debian's Chromium in headless mode, without background networking; the caller closes it. */
export function openChromium(...more: readonly string[]): Promise<Browser> {
  const executablePath = findReal('chromium');
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      ...more,
    ],
  });
}
