import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { usePageBench } from '../helpers/page-bench.js';
import { openPageSession } from '../helpers/page-session.js';
import { describeWith } from '../helpers/real-components.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Runs in the foreign page: tries every way in, and says which one led anywhere. */
const TRY_ALL = (bridge: string, host: string, secret: string) => `(async () => {
  const outcome = (work) => work.then(String, () => 'nothing');
  const script = new Promise((resolve, reject) => {
    const element = document.createElement('script');
    Object.assign(element, { src: '${bridge}/page.js', onload: resolve, onerror: reject });
    document.head.append(element);
  });
  const socket = new Promise((resolve, reject) => {
    const opened = new WebSocket('ws://${host}/desktop', ['binary', '${secret}']);
    Object.assign(opened, { onopen: resolve, onerror: reject });
  });
  const frame = new Promise((resolve) => {
    const element = document.createElement('iframe');
    Object.assign(element, { src: '${bridge}/', onload: () => resolve(element) });
    document.body.append(element);
  });
  return Promise.all([
    outcome(fetch('${bridge}/')),
    outcome(fetch('${bridge}/session', { method: 'POST', body: '${secret}' })),
    outcome(script),
    outcome(socket),
    outcome(frame.then((element) => element.contentWindow.document.body.dataset.state)),
  ]);
})()`;

describeWith(['Xvnc', 'chromium', 'xsetroot'], 'the bridge and other pages', () => {
  const bench = usePageBench();
  const closers: (() => void)[] = [];

  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });

  /** A server of somebody else on this machine, that would answer every page. */
  async function serveElsewhere() {
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('content-type', 'text/html').end('<!doctype html><p>foreign');
    }).listen(0, '127.0.0.1');
    await eventually(() => server.listening, { withinMs: 5_000 });
    closers.push(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return { url, requests: () => requests };
  }

  test('a page of another origin gets nothing, even with the secret and a key', async () => {
    const [used, url] = [await bench.serve(), await bench.serve()];
    const { key } = await openPageSession(used);
    const page = await bench.visit((await serveElsewhere()).url);
    for (const [link, word] of [
      [used, key],
      [url, new URL(url).hash.slice(1)],
    ] as const) {
      const { origin, host } = new URL(link);
      const got = await page.evaluate(TRY_ALL(origin, host, word));
      expect(got).toEqual(Array(5).fill('nothing'));
    }
    // The secret was not spent by that: it never got so far.
    await bench.reach(await bench.visit(url), 'connected');
  });

  test('a name that leads to this machine is refused', async () => {
    const { port } = new URL(await bench.serve());
    const page = await bench.visit('about:blank');
    const statuses: number[] = [];
    page.on('response', (response) => statuses.push(response.status()));
    await page.goto(`http://evil.test:${port}/`).catch(() => {});
    expect(statuses).toEqual([403]);
  });

  test('the page itself gets nothing with a guessed key, and the desktop with its own', async () => {
    const page = await bench.open();
    const opens = (key: string) =>
      page.evaluate(`new Promise((resolve) => {
        const socket = new WebSocket('ws://' + location.host + '/desktop', ['binary', ${key}]);
        Object.assign(socket, { onopen: () => resolve(true), onerror: () => resolve(false) });
      })`);
    expect(await opens("sessionStorage.getItem('hpc-desk.key')")).toBe(true);
    expect(await opens("'A'.repeat(43)")).toBe(false);
  });

  test('no inline script and no foreign request is possible in the page', async () => {
    const page = await bench.open();
    const { url, requests } = await serveElsewhere();
    const ran = await page.evaluate(`(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      const fetched = await fetch('${url}').then(() => true, () => false);
      return [window.ran === true, fetched];
    })()`);
    expect([ran, requests()]).toEqual([[false, false], 0]);
  });
});
