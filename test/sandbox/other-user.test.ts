import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import type { DeskSession } from '../../src/sandbox/sessions.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { describeWith, findReal } from '../helpers/real-components.js';

const OTHER_UID = 12_345;
const US = 0;
/** Setup request without a cookie (X Window System Protocol, chapter 8); a reply that begins with 0 means refused. */
const X_SETUP = Buffer.from('6c000b000000000000000000', 'hex');
const GREETING = 'RFB 003.008\n';
describeWith(['setpriv', 'socat', 'Xvnc'], 'another user of this machine', () => {
  let sandbox: Sandbox;
  afterEach(() => sandbox.close());

  async function openDesktop(desktop: 'xvnc' | 'builtin'): Promise<DeskSession> {
    sandbox = await startSandbox({
      now: () => new Date(),
      environment: process.env,
      signal: new AbortController().signal,
      desktop,
      geometry: { widthPx: 320, heightPx: 240 },
    });
    const { platformUrl, token } = sandbox.description;
    const response = await fetch(`${platformUrl}/hpc/openapi/v2/desktop/vnc`, {
      method: 'PUT',
      headers: { token },
    });
    return ((await response.json()) as { data: DeskSession }).data;
  }

  /** The first data that socat, as the user with that uid, receives from `place` after it has sent `said`. */
  async function heard(uid: number, place: string, said: Buffer | string = ''): Promise<Buffer> {
    const user = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
    const socat = [findReal('socat') ?? '', '-t0.5', '-', place];
    const child = spawn(findReal('setpriv') ?? '', [...user, ...socat], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => {});
    child.stdin.write(said);
    const bytes = new Promise<Buffer>((resolve) => child.stdout.once('data', resolve));
    const ended = text(child.stdout).then(() => Buffer.alloc(0));
    const answer = await Promise.race([bytes, ended]);
    child.kill();
    return answer;
  }

  const asRoot = test.skipIf(process.geteuid?.() !== 0);

  asRoot.each(['builtin', 'xvnc'] as const)(
    'receives nothing from the RFB port, unlike the owner: %s',
    async (kind) => {
      const { sid } = await openDesktop(kind);
      const port = `TCP:127.0.0.1:${5900 + Number(sid)}`;
      expect((await heard(OTHER_UID, port)).toString()).toBe('');
      expect((await heard(US, port)).toString()).toBe(GREETING);
    },
  );

  asRoot('receives nothing from the HTTP server, unlike the owner', async () => {
    await openDesktop('builtin');
    const { host } = new URL(sandbox.description.platformUrl);
    const request = 'GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n';
    expect((await heard(OTHER_UID, `TCP:${host}`, request)).toString()).toBe('');
    expect((await heard(US, `TCP:${host}`, request)).toString()).toMatch(/^HTTP\/1\.1 404 /);
  });

  asRoot('is refused by the X server, on each of its sockets', async () => {
    const { sid } = await openDesktop('xvnc');
    const path = `/tmp/.X11-unix/X${sid}`;
    for (const place of [`UNIX-CONNECT:${path}`, `ABSTRACT-CONNECT:${path}`]) {
      expect([...(await heard(OTHER_UID, place, X_SETUP))][0] ?? 'nothing').toBe(0);
    }
  });
});
