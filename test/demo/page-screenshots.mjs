// Takes screenshots of the browser page for the READMEs, using the sandbox: `node test/demo/page-screenshots.mjs`.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'bin/hpc-desk.js');
const images = path.join(root, 'docs/images');
const folder = await mkdtemp(path.join(tmpdir(), 'hpc-desk-pictures-'));
const env = {
  PATH: process.env.PATH,
  HOME: folder,
  HPC_DESK_CONFIG_DIR: path.join(folder, 'config'),
  HPC_DESK_BROWSER: 'none',
};
const PICTURES = [
  {
    file: 'page-en.png',
    language: 'en',
    width: 1280,
    height: 720,
    scheme: 'light',
    panel: 'facts',
  },
  { file: 'page-zh.png', language: 'zh', width: 1280, height: 720, scheme: 'dark', panel: 'facts' },
  {
    file: 'page-phone.png',
    language: 'zh',
    width: 390,
    height: 844,
    scheme: 'light',
    panel: 'keys',
  },
];
const running = [];

try {
  await mkdir(images, { recursive: true });
  const { apiUrl, token } = JSON.parse(await start('sandbox', '--geometry', '1440x810', '--json'));
  const login = ['login', '--quiet', '--api-url', apiUrl, '--token-stdin'];
  spawnSync(process.execPath, [program, ...login], { env, input: token });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  for (const picture of PICTURES) await take(browser, picture);
  await browser.close();
} finally {
  for (const child of running.reverse()) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
}

async function take(browser, { file, language, width, height, scheme, panel }) {
  const ready = await start('vnc', 'connect', '--web', '--json', '--lang', language);
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
  await page.goto(JSON.parse(ready).url);
  await page.waitForSelector('body[data-state=connected]');
  await page.waitForFunction("document.querySelector('#screen canvas')?.width > 0");
  await page.click(`#open-${panel}`);
  await page.waitForTimeout(1_000);
  await page.screenshot({ path: path.join(images, file) });
  await page.close();
}

/** Starts a long-running command and returns its first line. */
async function start(...words) {
  const child = spawn(process.execPath, [program, ...words], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const [line] = await once(createInterface(child.stdout), 'line');
  return line;
}
