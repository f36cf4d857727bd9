import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { usePageBench } from '../helpers/page-bench.js';
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

  test('a page of another origin gets nothing, even with the secret', async () => {
    const url = await bench.serve();
    const { origin, host, hash } = new URL(url);
    const foreign = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><p>foreign');
    }).listen(0, '127.0.0.1');
    await eventually(() => foreign.listening, { withinMs: 5_000 });
    const page = await bench.visit(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`);
    const got = await page.evaluate(TRY_ALL(origin, host, hash.slice(1)));
    expect(got).toEqual(Array(5).fill('nothing'));
    foreign.close();
    // The secret was not spent by that: it never got so far.
    await bench.reach(await bench.visit(url), 'connected');
  });

  test('a name that leads to this machine is refused', async () => {
    const { port } = new URL(await bench.serve());
    const page = await bench.visit('about:blank');
    await expect(page.goto(`http://evil.test:${port}/`)).rejects.toThrow(
      'ERR_HTTP_RESPONSE_CODE_FAILURE',
    );
  });

  test('the page itself gets nothing with a guessed key', async () => {
    const page = await bench.open();
    const opened = await page.evaluate(`new Promise((resolve) => {
      const socket = new WebSocket('ws://' + location.host + '/desktop', ['binary', '${'A'.repeat(43)}']);
      Object.assign(socket, { onopen: () => resolve(true), onerror: () => resolve(false) });
    })`);
    expect(opened).toBe(false);
  });

  test('no inline script and no foreign request is possible in the page', async () => {
    const page = await bench.open();
    const ran = await page.evaluate(`(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      const fetched = await fetch('http://127.0.0.1:9/').then(() => true, () => false);
      return [window.ran === true, fetched];
    })()`);
    expect(ran).toEqual([false, false]);
    expect(bench.complaints.join()).toContain('Content Security Policy');
  });
});
