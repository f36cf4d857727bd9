import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { findReal } from './real-components.js';

/** One tab of Firefox, driven by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/). */
export interface FirefoxTab {
  goTo(url: string): Promise<void>;
  /** Evaluates an expression in the page and returns its JSON-serializable result. */
  evaluate(expression: string): Promise<unknown>;
  click(x: number, y: number): Promise<void>;
  type(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Sends all requests except to 127.0.0.1 to a closed local port. */
const SETTINGS = {
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.socks': '127.0.0.1',
  'network.proxy.socks_port': 9,
  'network.proxy.no_proxies_on': '127.0.0.1',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
};

/** Debian's Firefox in headless mode with a new profile; the caller closes it. */
export async function openFirefox(): Promise<FirefoxTab> {
  const folder = await mkdtemp(join(tmpdir(), 'hpc-desk-firefox-'));
  const lines = Object.entries(SETTINGS).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(folder, 'user.js'), lines.join(''));
  const argv = ['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', '0'];
  const child = spawn(findReal('firefox-esr') ?? '', argv, {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      LANG: 'C.UTF-8',
      MOZ_DISABLE_CONTENT_SANDBOX: '1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let address: string | undefined;
  for await (const line of createInterface(child.stderr)) {
    address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
    if (address !== undefined) break;
  }
  if (address === undefined) throw new Error('Firefox ended before it listened');
  child.stderr.resume();
  const socket = new WebSocket(`${address}/session`);
  await once(socket, 'open');
  const command = speak(socket);
  await command('session.new', { capabilities: {} });
  const { contexts } = await command('browsingContext.getTree', {});
  const context: string = contexts[0].context;
  const act = (actions: object) => command('input.performActions', { context, actions: [actions] });

  return {
    goTo: (url) => command('browsingContext.navigate', { context, url, wait: 'complete' }),
    async evaluate(expression) {
      const { result } = await command('script.evaluate', {
        expression: `Promise.resolve(${expression}).then(JSON.stringify)`,
        target: { context },
        awaitPromise: true,
      });
      return result.value === undefined ? undefined : JSON.parse(result.value);
    },
    async click(x, y) {
      const [down, up] = ['pointerDown', 'pointerUp'].map((type) => ({ type, button: 0 }));
      const move = { type: 'pointerMove', x, y };
      await act({ type: 'pointer', id: 'mouse', actions: [move, down, up] });
    },
    async type(text) {
      const actions = [...text].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      await act({ type: 'key', id: 'keyboard', actions });
    },
    async close() {
      socket.terminate();
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Returns a function that sends a command and resolves with its result. */
function speak(socket: WebSocket) {
  let lastId = 0;
  // biome-ignore lint/suspicious/noExplicitAny: each caller knows the result of its command.
  return (method: string, params: object): Promise<any> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const listen = (data: Buffer) => {
        const answer = JSON.parse(String(data));
        if (answer.id !== id) return;
        socket.off('message', listen);
        if (answer.type === 'success') resolve(answer.result);
        else reject(new Error(`${method}: ${answer.error}: ${answer.message}`));
      };
      socket.on('message', listen);
      socket.send(JSON.stringify({ id, method, params }));
    });
  };
}
