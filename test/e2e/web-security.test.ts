import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { usePageBench } from '../helpers/page-bench.js';
import { enterPage } from '../helpers/page-session.js';
import { describeWith } from '../helpers/real-components.js';

/** Runs in the foreign page: tries every kind of access and returns the outcomes. */
const TRY_ALL = (bridge: string, host: string) => `(async () => {
  const outcome = (work) => work.then(String, () => 'nothing');
  const script = new Promise((resolve, reject) => {
    const element = document.createElement('script');
    Object.assign(element, { src: '${bridge}/page.js', onload: resolve, onerror: reject });
    document.head.append(element);
  });
  const socket = new Promise((resolve, reject) => {
    const opened = new WebSocket('ws://${host}/desktop', 'binary');
    Object.assign(opened, { onopen: resolve, onerror: reject });
  });
  const frame = new Promise((resolve) => {
    const element = document.createElement('iframe');
    Object.assign(element, { src: '${bridge}/', onload: () => resolve(element) });
    document.body.append(element);
  });
  return Promise.all([
    outcome(fetch('${bridge}/')),
    outcome(script),
    outcome(socket),
    outcome(frame.then((element) => element.contentWindow.document.body.dataset.state)),
  ]);
})()`;

describeWith(['Xvnc', 'chromium', 'xsetroot'], 'the bridge and pages of other origins', () => {
  const bench = usePageBench();
  const closers: (() => void)[] = [];

  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });

  /** Another server on this machine, which allows requests from every origin. */
  async function serveElsewhere() {
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('content-type', 'text/html').end('<!doctype html><p>foreign');
    }).listen(0, '127.0.0.1');
    await eventually(() => server.listening);
    closers.push(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return { url, requests: () => requests };
  }

  test('a page of another origin gets no response, not even a WebSocket', async () => {
    const url = await bench.serve();
    const page = await bench.visit((await serveElsewhere()).url);
    const { origin, host } = new URL(url);
    expect(await page.evaluate(TRY_ALL(origin, host))).toEqual(Array(4).fill('nothing'));
    // These attempts did not use up the secret.
    await bench.reach(await bench.visit(url), 'connected');
  });

  test('a host name that resolves to this machine is rejected', async () => {
    const { port } = new URL(await bench.serve());
    const page = await bench.visit('about:blank');
    const statuses: number[] = [];
    page.on('response', (response) => statuses.push(response.status()));
    await page.goto(`http://evil.test:${port}/`).catch(() => {});
    expect(statuses).toEqual([403]);
  });

  test('neither the secret nor the key in sessionStorage is sent', async () => {
    const url = await bench.serve();
    const page = await bench.visit('about:blank');
    const sent: string[] = [];
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => sent.push(String(payload))),
    );
    await page.goto(url);
    await bench.reach(page, 'connected');
    await page.reload();
    await bench.reach(page, 'connected');
    const stored = String(await page.evaluate("sessionStorage.getItem('hpc-desk.key')"));
    const secrets = [new URL(url).hash.slice(1), stored];
    expect(sent.length).toBeGreaterThan(4);
    for (const secret of secrets) expect(sent.join('\n')).not.toContain(secret.slice(11));
    // The stored key is valid nevertheless.
    expect((await enterPage(url, stored)).keys.reload).toHaveLength(43);
  });

  test('text from the platform is never rendered as markup', async () => {
    const hostile = '<img src="x" onerror="window.ran = true"><script>window.ran = true</script>';
    const page = await bench.open({ name: hostile, target: hostile });
    await page.click('#open-facts');
    expect(await page.textContent('#panel-facts')).toContain(hostile);
    expect(await page.title()).toContain('onerror');
    const [images, ran] = (await page.evaluate(
      "[document.querySelectorAll('img').length, 'ran' in window]",
    )) as [number, boolean];
    expect([images, ran]).toEqual([0, false]);
    expect(bench.complaints).toEqual([]);
  });

  test('control, bidi and invisible characters from the platform are shown as escapes', async () => {
    const hostile = 'gv101\u202e4:1\u200b\x9b\n';
    const shown = 'gv101\\u202e4:1\\u200b\\x9b\\x0a';
    const page = await bench.open({ name: hostile, target: hostile });
    expect(await page.title()).toBe(`${shown} – hpc-desk`);
    expect(await page.textContent('#toolbar .name')).toBe(shown);
    expect(await page.locator('#panel-facts dd').allTextContents()).toEqual(
      expect.arrayContaining([shown]),
    );
    expect(await page.evaluate('document.documentElement.textContent')).not.toMatch(
      /[\u202e\u200b\x9b]/,
    );
    expect(bench.complaints).toEqual([]);
  });

  test('the page cannot run inline scripts or send requests to other origins', async () => {
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
