import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { PageLanguage, PageOptions } from '../../src/model/page.js';
import type { Forward } from '../../src/transport/forward/open-forward.js';
import { openForward } from '../../src/transport/forward/open-forward.js';
import { openChromium } from './open-chromium.js';
import { startXvnc, type TestXvnc } from './start-xvnc.js';

const DEFAULTS: PageOptions = {
  name: 'gv101:4',
  target: '10.0.41.101:5904',
  sweepAt: '2027-01-01T01:00:00+08:00',
  viewOnly: false,
  fullScreen: false,
  link: null,
  password: null,
};

export interface PageBench {
  xvnc: TestXvnc;
  /** Removed after each test. */
  readonly folder: string;
  /** Errors of the pages, and URLs that they requested from other origins. */
  readonly complaints: readonly string[];
  /** Serves the page and returns its link. */
  serve(options?: Partial<PageOptions>, language?: PageLanguage): Promise<string>;
  /** Closes the servers of all pages. */
  endProgram(): Promise<void>;
  visit(url: string, options?: BrowserContextOptions): Promise<Page>;
  /** Waits for a `phase` of `connection-state.ts`. */
  reach(page: Page, phase: string): Promise<void>;
  /** Serves the page and waits until it shows the desktop. */
  open(options?: Partial<PageOptions>): Promise<Page>;
  /** Red, green and blue of a pixel of the desktop, as shown on the page. */
  colourAt(page: Page, x: number, y: number): Promise<readonly number[]>;
}

/** Provides each test of a group with an 800×600 desktop in #2f5d8a and Chromium pages that show it. */
export function usePageBench(
  options: { readonly xvncOptions?: () => readonly string[] } = {},
): PageBench {
  let browser: Browser;
  const forwards: Forward[] = [];
  const origins = new Set<string>();
  let folder = '';
  let complaints: string[] = [];

  beforeAll(async () => {
    browser = await openChromium('--host-resolver-rules=MAP evil.test 127.0.0.1');
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    complaints = [];
    folder = await mkdtemp(join(tmpdir(), 'hpc-desk-page-'));
    const xvncOptions = options.xvncOptions?.();
    bench.xvnc = await startXvnc({
      geometry: '800x600',
      ...(xvncOptions !== undefined && { options: xvncOptions }),
    });
    await bench.xvnc.runClient('xsetroot', '-solid', '#2f5d8a');
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await bench.endProgram();
    await bench.xvnc?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Whether a URL belongs to a page served here, or is a data or blob URL. */
  function isOwn(url: string): boolean {
    return /^(data|blob):/.test(url) || origins.has(new URL(url).origin);
  }

  function watch(page: Page): void {
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text());
    });
    page.on('request', (request) => {
      if (!isOwn(request.url())) complaints.push(request.url());
    });
    page.on('websocket', (socket) => {
      if (!isOwn(socket.url().replace('ws:', 'http:'))) complaints.push(socket.url());
    });
  }

  const bench: PageBench = {
    xvnc: undefined as never,
    get folder() {
      return folder;
    },
    get complaints() {
      return complaints;
    },
    async serve(options = {}, language = 'en') {
      const forward = await openForward(
        {
          route: { kind: 'direct', target: bench.xvnc.target },
          listen: { kind: 'web', port: 0, language, page: { ...DEFAULTS, ...options } },
          mayAsk: false,
          timeoutMs: 10_000,
          signal: new AbortController().signal,
        },
        { environment: process.env, platform: process.platform },
      );
      forwards.push(forward);
      const url = forward.address.kind === 'web' ? forward.address.url : '';
      origins.add(new URL(url).origin);
      return url;
    },
    async endProgram() {
      await Promise.all(forwards.splice(0).map((forward) => forward.close()));
    },
    async visit(url, contextOptions = { viewport: { width: 1280, height: 720 } }) {
      const page = await (await browser.newContext(contextOptions)).newPage();
      watch(page);
      await page.goto(url);
      return page;
    },
    async reach(page, phase) {
      await page.waitForSelector(`body[data-state=${phase}]`, { timeout: 60_000 });
    },
    async open(options) {
      const page = await bench.visit(await bench.serve(options));
      await bench.reach(page, 'connected');
      return page;
    },
    // As a string, because this code runs in the browser and the project has no DOM types.
    colourAt: (page, x, y) =>
      page.evaluate(`[...document.querySelector('#screen canvas').getContext('2d')
        .getImageData(${x}, ${y}, 1, 1).data].slice(0, 3)`),
  };
  return bench;
}
