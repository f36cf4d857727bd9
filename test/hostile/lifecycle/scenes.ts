import { once } from 'node:events';
import { connect } from 'node:net';
import type { Port } from '../../../src/model/endpoint.js';
import { eventually } from '../../helpers/eventually.js';
import { startScriptedDesktop } from '../../helpers/scripted-desktop.js';
import { reply, startScriptedServer } from '../../helpers/scripted-server.js';
import { startPlatformOf } from '../../helpers/start-platform-of.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';
import type { Launched } from './launch.js';

/** A place in a run at which something happens to it. */
export interface Scene {
  readonly apiUrl: string;
  readonly words: readonly string[];
  /** Added to the user's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Settles once the run has come there. */
  reach(run: Launched): Promise<unknown>;
  close(): Promise<unknown>;
}

/** How long ssh tries to reach a login node that has no answer, in the scene where it has none. */
export const SSH_LIMIT_S = 5;

const WITHIN = { withinMs: 40_000 };

export const SCENES: Readonly<Record<string, (sshd: TestSshd) => Promise<Scene>>> = {
  async 'list that waits for a slow platform'() {
    const server = await startScriptedServer([]);
    return {
      apiUrl: server.origin,
      words: ['vnc', 'list'],
      reach: () => eventually(() => server.requests.length > 0, WITHIN),
      close: server.close,
    };
  },

  async 'create that waits for a free node'() {
    const server = await startScriptedServer(reply('815201'));
    return {
      apiUrl: server.origin,
      words: ['vnc', 'create', '--wait=10m'],
      reach: (run) => eventually(() => /try \d+ in /.test(run.stderr()), WITHIN),
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
      // An ssh that has not logged in yet looks at nothing else; killed, we leave it until its own limit is over.
      words: [...scene.words, '--timeout', `${SSH_LIMIT_S}s`],
      reach: () => eventually(() => silent.openConnections() === 1, WITHIN),
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
        await eventually(() => /\nTry \d+ to get it back/.test(run.stderr()), WITHIN);
      },
      close: () => Promise.all([scene.close(), ownSshd.close()]),
    };
  },
};

async function connectTo(greeter: RfbGreeter, { user }: TestSshd, viaPort: number | Port) {
  const platform = await startPlatformOf(greeter.target);
  const via = `${user}@127.0.0.1:${viaPort}`;
  return {
    apiUrl: platform.apiUrl,
    words: [
      ...['vnc', 'connect', '--allow-target', '--no-create'],
      ...['--via', via, '--viewer', 'none', '--field', 'port'],
    ],
    close: () => Promise.all([platform.close(), greeter.close()]),
  };
}

/** A client that stays, once the desktop has greeted it. */
async function attach(run: Launched): Promise<void> {
  const port = await eventually(() => /^(\d+)\n/.exec(run.stdout())?.[1], WITHIN);
  const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
  await once(socket, 'data');
}
