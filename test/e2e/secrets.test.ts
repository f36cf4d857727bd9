import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { type DeskHome, logIn, openDeskHome, startSandboxIn } from '../helpers/open-desk-home.js';
import { allProcesses } from '../helpers/processes-of.js';
import { describeWith } from '../helpers/real-components.js';
import { reply, startScriptedServer } from '../helpers/scripted-server.js';
import { startSshd, type TestSshd } from '../helpers/start-sshd.js';
import { startXServer, type XServer } from '../transport/viewer/x-server.js';

const TOKEN = 'sentinel-token-7f3a91c2e8';
const PASSWORD = 'sentry7f';
const LOOK_MS = 10;

let user: DeskHome;

beforeEach(async () => {
  user = await openDeskHome();
});

afterEach(() => user?.close());

describeWith(['ssh', 'sshd', 'ssh-keygen', 'Xvfb'], 'vnc connect through ssh with a viewer', () => {
  let site: DeskHome;
  let sshd: TestSshd;
  let screen: XServer;

  beforeEach(async () => {
    [site, sshd, screen] = await Promise.all([
      openDeskHome(),
      startSshd(),
      startXServer('Xvfb', []),
    ]);
  });

  afterEach(() => Promise.all([site?.close(), sshd?.close(), screen?.close()]));

  test('puts no secret in process arguments or in the output', async () => {
    const { description } = await startSandboxIn(site, 'builtin');
    await logIn(user, description);
    const viewer = placeFakeViewer(user.folder);
    const secrets = [description.token, PASSWORD];
    const leaks = new Set<string>();
    const look = () => {
      for (const { argv } of allProcesses()) {
        const line = argv.join(' ');
        if (secrets.some((secret) => line.includes(secret))) leaks.add(line);
      }
    };
    const looking = setInterval(look, LOOK_MS);
    const line = `vnc connect --via ${sshd.user}@127.0.0.1:${sshd.port} --viewer ${viewer} --debug`;
    const running = await user.start(line.split(' '), {
      environment: {
        PATH: sshd.environment.PATH,
        DISPLAY: screen.display,
        HPC_DESK_VNC_PASSWORD: PASSWORD,
      },
    });
    const programs = () => user.processes().map(({ argv }) => argv[0]?.split('/').at(-1));
    const bothRun = () => ['ssh', 'tail'].every((name) => programs().includes(name));
    await eventually(bothRun);
    look();
    clearInterval(looking);

    const children = user.processes().filter(({ pid }) => pid !== running.pid);
    const environments = children.flatMap(({ environment }) => environment);
    expect(environments.filter((entry) => entry.startsWith('HPC_DESK_'))).toEqual([]);
    expect(environments.filter((entry) => entry.includes(description.token))).toEqual([]);
    // Only the viewer gets the password, in its environment.
    expect(environments.filter((entry) => entry.includes(PASSWORD))).toEqual([
      `VNC_PASSWORD=${PASSWORD}`,
    ]);

    running.kill('SIGINT');
    const { stdout, stderr, exitCode } = await running.ended;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/^(GET|PUT) /m);
    expect([...leaks]).toEqual([]);
    for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
  });
});

describe('a token echoed by the platform', () => {
  test.each([
    ['as its message', reply('10010', null, `bad token ${TOKEN}`)],
    ['as a message in base64', reply('10010', null, Buffer.from(TOKEN).toString('base64'))],
    ['as an unusable answer', reply('0', { id: TOKEN, ip: TOKEN })],
  ])('%s is not printed, even with --debug', async (_title, answer) => {
    const server = await startScriptedServer(answer);
    try {
      await logIn(user, { apiUrl: server.origin, token: TOKEN });
      for (const words of [
        ['vnc', 'create'],
        ['vnc', 'list', '--json'],
      ]) {
        const { exitCode, stdout, stderr } = await user.run([...words, '--debug']);
        expect(exitCode).toBeGreaterThan(1);
        expect(stdout).toBe('');
        expect(stderr).not.toContain(TOKEN);
        expect(stderr).not.toContain(Buffer.from(TOKEN).toString('base64'));
      }
      expect(server.requests.join()).toContain(TOKEN);
    } finally {
      await server.close();
    }
  });
});

test('the configuration folder has mode 700 and its files have mode 600', async () => {
  await logIn(user, { apiUrl: 'http://127.0.0.1:9', token: TOKEN });
  await user.run(['config', 'set', 'timeout', '30s']);
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  expect(mode(user.configFolder)).toBe('700');
  const files = readdirSync(user.configFolder);
  expect(files).toContain('credentials.json');
  const modes = files.map((name) => mode(join(user.configFolder, name)));
  expect(new Set(modes)).toEqual(new Set(['600']));
  const settings = readFileSync(join(user.configFolder, 'settings.json'), 'utf8');
  expect(settings).toContain('30s');
  expect(settings).not.toContain(TOKEN);
});

test('a token on the command line is rejected without being printed', async () => {
  const result = await user.run(['login', '--api-url', 'http://127.0.0.1:9', '--token', TOKEN]);
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
  expect(result.stderr).not.toContain(TOKEN);
});

/** Accepts the options of TigerVNC, shows nothing and keeps running. */
function placeFakeViewer(folder: string): string {
  const path = join(folder, 'xtigervncviewer');
  const program = `#!/bin/sh
case $1 in -help) echo 'TigerVNC Viewer 64-bit v1.12.0' >&2; exit 1;; esac
exec tail -f /dev/null "$0"
`;
  writeFileSync(path, program);
  chmodSync(path, 0o755);
  return path;
}
