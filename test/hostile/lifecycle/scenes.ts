import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Port } from '../../../src/model/endpoint.js';
import { eventually } from '../../helpers/eventually.js';
import { startScriptedDesktop } from '../../helpers/scripted-desktop.js';
import { reply, startScriptedServer } from '../../helpers/scripted-server.js';
import { startPlatformOf } from '../../helpers/start-platform-of.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';
import type { Launched } from './launch.js';

/** A state of a run in which it is interrupted. */
export interface Scene {
  readonly apiUrl: string;
  readonly words: readonly string[];
  /** Added to the user's environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Resolves once the run is in this state. */
  reach(run: Pick<Launched, 'stdout' | 'stderr'>): Promise<unknown>;
  close(): Promise<unknown>;
}

export const SCENES: Readonly<Record<string, (sshd: TestSshd) => Promise<Scene>>> = {
  async 'list that waits for a slow platform'() {
    const server = await startScriptedServer([]);
    return {
      apiUrl: server.origin,
      words: ['vnc', 'list'],
      reach: () => eventually(() => server.requests.length > 0),
      close: server.close,
    };
  },

  async 'create that waits for a free node'() {
    const server = await startScriptedServer(reply('815201'));
    return {
      apiUrl: server.origin,
      words: ['vnc', 'create', '--wait=10m'],
      reach: (run) => eventually(() => /attempt \d+ in /.test(run.stderr())),
      close: server.close,
    };
  },

  async 'connect whose ssh has no answer yet'(sshd) {
    const silent = await startScriptedDesktop([]);
    const greeter = await startRfbGreeter();
    const { port } = silent.target;
    const scene = await connectTo(greeter, sshd, port);
    return {
      ...scene,
      // Unless terminated, such an ssh waits 15 s for its login node.
      reach: () => eventually(() => silent.openConnections() === 1),
      close: () => Promise.all([silent.close(), scene.close()]),
    };
  },

  async 'connected forward with a client'(sshd) {
    const greeter = await startRfbGreeter();
    return {
      ...(await connectTo(greeter, sshd, sshd.port)),
      reach: attach,
    };
  },

  async 'forward that has lost its login node'() {
    const [greeter, ownSshd] = await Promise.all([startRfbGreeter(), startSshd()]);
    const scene = await connectTo(greeter, ownSshd, ownSshd.port);
    return {
      ...scene,
      environment: { PATH: ownSshd.environment.PATH },
      async reach(run) {
        await attach(run);
        await ownSshd.stop();
        await eventually(() => /Reconnecting in /.test(run.stderr()));
      },
      close: () => Promise.all([scene.close(), ownSshd.close()]),
    };
  },

  async 'desktop shown by a viewer through a Unix socket'(sshd) {
    const greeter = await startRfbGreeter();
    const viewer = placeProgram('xtigervncviewer', VIEWER);
    const scene = await connectTo(greeter, sshd, sshd.port, ['--viewer', viewer.path]);
    return {
      ...scene,
      environment: { DISPLAY: 'elsewhere.invalid:9' },
      reach: (run) => eventually(() => run.stderr().includes('A viewer is connected.')),
      close: () => Promise.all([scene.close(), viewer.remove()]),
    };
  },

  async 'page that a browser was given and has not loaded'(sshd) {
    const greeter = await startRfbGreeter();
    const browser = placeProgram('browser', ': > "$0.started"');
    const scene = await connectTo(greeter, sshd, sshd.port, ['--web']);
    return {
      ...scene,
      environment: { HPC_DESK_BROWSER: browser.path },
      reach: () => eventually(() => existsSync(`${browser.path}.started`)),
      close: () => Promise.all([scene.close(), browser.remove()]),
    };
  },
};

/** Like a real viewer, it exits when its connection closes. */
const VIEWER = `
case "$1" in -help) echo 'TigerVNC Viewer 64-bit v1.12.0' >&2; exit 1;; esac
for path; do :; done
exec '${process.execPath}' -e '
  const socket = require("net").connect(process.argv[1]).resume();
  socket.on("close", () => process.exit());
' "$path"`;

function placeProgram(name: string, body: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-scene-'));
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return { path, remove: async () => rmSync(folder, { recursive: true, force: true }) };
}

const PORT_ONLY = ['--viewer', 'none', '--field', 'port'];

async function connectTo(
  greeter: RfbGreeter,
  { user }: TestSshd,
  viaPort: number | Port,
  showing: readonly string[] = PORT_ONLY,
) {
  const platform = await startPlatformOf(greeter.target);
  const via = `${user}@127.0.0.1:${viaPort}`;
  return {
    apiUrl: platform.apiUrl,
    words: ['vnc', 'connect', '--allow-target', '--no-create', '--via', via, ...showing],
    close: () => Promise.all([platform.close(), greeter.close()]),
  };
}

/** Connects a client that stays, and waits for the greeting of the desktop. */
async function attach(run: Pick<Launched, 'stdout'>): Promise<void> {
  const port = await eventually(() => /^(\d+)\r?\n/m.exec(run.stdout())?.[1]);
  const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
  await once(socket, 'data');
}
