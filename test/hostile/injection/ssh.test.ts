import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { chooseLoginNode, routeTo } from '../../../src/domain/connect/choose-route.js';
import {
  type HostName,
  type IpAddress,
  type Port,
  parseHostName,
  parseLoginNode,
  type UserName,
} from '../../../src/model/endpoint.js';
import { type SshRoute, stdioForwardArguments } from '../../../src/transport/ssh/arguments.js';
import { openStdioForward } from '../../../src/transport/ssh/stdio-forward.js';
import { IS_DEEP } from '../../helpers/deep.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';
import { describeWith } from '../../helpers/real-components.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';
import { ARGUMENT_STRINGS } from './argument-strings.js';
import { type CagedSsh, openCagedSsh } from './caged-ssh.js';
import { SECRET } from './canary.js';
import { receiveSession } from './receive.js';

vi.setConfig({ testTimeout: 900_000 });

/** Sampling intervals for strings that pass the parsers, and for all strings passed to ssh without the parsers. */
const EACH_PASSED = IS_DEEP ? 1 : 2;
const EACH_UNCHECKED = IS_DEEP ? 1 : 40;
const MAX_LOGINS = IS_DEEP ? 100 : 5;
const SIDE_BY_SIDE = 4;
const OPTIONS = { mayAsk: false, timeoutMs: 10_000 };

type Role = 'host' | 'user' | 'ip';
const ROLES: readonly Role[] = ['host', 'user', 'ip'];

/** The route that the parsers make of a text; undefined if they reject it. */
const ROUTE_OF: Readonly<Record<Role, (text: string) => SshRoute | undefined>> = {
  host(text) {
    const host = parseHostName(text);
    return host === undefined ? undefined : routeOf({ host });
  },
  user(text) {
    const route = routeTo(
      EXAMPLE_SESSION,
      chooseLoginNode({
        kind: 'ssh',
        via: parseLoginNode('login'),
        clusterUser: text,
      }),
    );
    const { via } = route as SshRoute;
    return via.user === undefined ? undefined : routeOf({ user: via.user });
  },
  ip(text) {
    const received = receiveSession({ ip: text });
    return 'error' in received ? undefined : routeOf({ ip: received.value.ip });
  },
};

/** The same without the parsers: what a bug in them would let through. */
const UNCHECKED: Readonly<Record<Role, (text: string) => SshRoute>> = {
  host: (text) => routeOf({ host: text as HostName }),
  user: (text) => routeOf({ user: text as UserName }),
  ip: (text) => routeOf({ ip: text as IpAddress }),
};

describeWith(
  ['ssh'],
  'the real ssh, with a Match exec that passes host and user to a shell',
  () => {
    let ssh: CagedSsh;
    beforeAll(async () => {
      ssh = await openCagedSsh(['Match exec "true %h %n %r %p %l"', 'ForwardAgent no']);
    });
    afterAll(() => ssh?.close());

    it.each(ROLES)('receives what passed the parsers as %s, unchanged', async (role) => {
      ssh.forget();
      const all = ARGUMENT_STRINGS.flatMap((text) => ROUTE_OF[role](text) ?? []);
      const routes = all.filter((_route, index) => role === 'ip' || index % EACH_PASSED === 0);
      expect(routes.length).toBeGreaterThan(10);
      await inTurn(routes, async (route) => {
        const stream = openStdioForward(route, { ...OPTIONS, environment: ssh.environment });
        stream.resume();
        await once(stream, 'close').catch(() => {});
      });
      const expected = routes.map((route) => stdioForwardArguments(route, OPTIONS));
      expect(sorted(ssh.runs())).toEqual(sorted(expected));
      expect(ssh.greetings).toHaveLength(routes.length);
      expect(ssh.traces()).toEqual([]);
    });

    it('is not started for rejected strings', () => {
      ssh.forget();
      const refused = ROLES.map(
        (role) => ARGUMENT_STRINGS.filter((text) => ROUTE_OF[role](text) === undefined).length,
      );
      expect(refused.every((count) => count > 500)).toBe(true);
      expect(ssh.runs()).toEqual([]);
    });

    it('is detected if it runs a program', async () => {
      await run(ssh, ['-oProxyCommand=canary caught', 'host']);
      expect(ssh.traces()).toEqual(['canary-ran']);
    });
  },
);

describeWith(['ssh'], 'the real ssh, without the parsers', () => {
  let ssh: CagedSsh;
  beforeAll(async () => {
    ssh = await openCagedSsh();
  });
  afterAll(() => ssh?.close());

  it.each(ROLES)('runs nothing and leaks nothing with any string as %s', async (role) => {
    // No argument can contain a NUL.
    const possible = ARGUMENT_STRINGS.filter((text) => !text.includes('\0'));
    const some = possible.filter(
      (text, index) =>
        index % EACH_UNCHECKED === ROLES.indexOf(role) % EACH_UNCHECKED ||
        // The one option that would run a program at once.
        text.startsWith('-oProxyCommand'),
    );
    ssh.forget();
    await inTurn(some, (text) => run(ssh, stdioForwardArguments(UNCHECKED[role](text), OPTIONS)));
    expect(ssh.runs()).toHaveLength(some.length);
    expect(some.length).toBeGreaterThan(IS_DEEP ? 400 : 15);
    expect(ssh.traces()).toEqual([]);
    expect(ssh.greetings.join()).not.toContain(SECRET);
    expect(ssh.greetings.every((greeting) => greeting.startsWith('SSH-2.0-'))).toBe(true);
  });
});

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'a login node', () => {
  let sshd: TestSshd;
  beforeAll(async () => {
    // It refuses every target, so nothing is contacted; its log has the requested address.
    sshd = await startSshd({ serverConfig: ['PermitOpen none'] });
  });
  afterAll(() => sshd?.close());

  it('receives exactly the address that the platform sent', async () => {
    const addresses = ARGUMENT_STRINGS.filter((text) => ROUTE_OF.ip(text) !== undefined);
    for (const ip of addresses.slice(0, MAX_LOGINS)) {
      const from = sshd.log().length;
      const target = { host: ip as IpAddress, port: 5904 as Port };
      const route: SshRoute = { kind: 'ssh', target, via: sshd.via };
      const stream = openStdioForward(route, { ...OPTIONS, environment: sshd.environment });
      stream.resume();
      await once(stream, 'close').catch(() => {});
      const asked =
        /Received request .* to connect to host (.*) port (\d+), but the request was denied/;
      expect(asked.exec(sshd.log().slice(from))?.slice(1)).toEqual([ip, '5904']);
    }
    expect(addresses.length).toBeGreaterThan(4);
  });
});

function routeOf({
  host = 'login.example' as HostName,
  user = 'me' as UserName,
  ip = EXAMPLE_SESSION.ip,
}: {
  readonly host?: HostName;
  readonly user?: UserName;
  readonly ip?: IpAddress;
}): SshRoute {
  const target = { host: ip, port: EXAMPLE_SESSION.port };
  return { kind: 'ssh', target, via: { host, user, port: undefined } };
}

/** Runs the caged ssh until it exits, with any exit code. */
function run(ssh: CagedSsh, words: readonly string[]): Promise<void> {
  const options = { env: ssh.environment, cwd: ssh.folder, timeout: 60_000 };
  return new Promise((resolve) => {
    execFile(`${ssh.programs}/ssh`, words, options, () => resolve()).stdin?.end();
  });
}

async function inTurn<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  const left = [...items];
  const work = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
}

function sorted(runs: readonly (readonly string[])[]): readonly string[] {
  return runs.map((words) => words.join('\0')).toSorted();
}
