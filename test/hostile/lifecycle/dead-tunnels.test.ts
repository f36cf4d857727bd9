import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ErrorCode } from '../../../src/errors/codes.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import {
  type Endpoint,
  type IpAddress,
  type Port,
  parseLoginNode,
} from '../../../src/model/endpoint.js';
import { openForward } from '../../../src/transport/forward/open-forward.js';
import { eventually } from '../../helpers/eventually.js';
import { freePort } from '../../helpers/free-port.js';
import { describeWith } from '../../helpers/real-components.js';
import { type DesktopStep, startScriptedDesktop } from '../../helpers/scripted-desktop.js';
import { startSshd } from '../../helpers/start-sshd.js';
import { tellCount } from '../../helpers/tell-count.js';
import { childrenOf } from '../../soak/measure.js';

/** For what ends by itself, however busy this machine is, and for what only a limit ends. */
const LONG_MS = 60_000;
const SHORT_MS = 1_500;

type Environment = Readonly<Record<string, string | undefined>>;

interface Row {
  readonly title: string;
  /** What the peer says; on a `login node` ssh is the real one. */
  readonly script: readonly DesktopStep[] | 'refuses';
  readonly codes: readonly ErrorCode[];
}

const text = (value: string) => Buffer.from(value);

const TARGETS: readonly Row[] = [
  { title: 'refuses', script: 'refuses', codes: ['tunnel.unreachable'] },
  { title: 'says nothing', script: [], codes: ['rfb.timeout'] },
  { title: 'closes at once', script: [{ close: 'end' }], codes: ['tunnel.lost'] },
  {
    title: 'resets at once',
    script: [{ close: 'reset' }],
    codes: ['tunnel.lost', 'tunnel.unreachable'],
  },
  {
    title: 'closes in the middle of its greeting',
    script: [text('RFB 003'), { close: 'end' }],
    codes: ['tunnel.lost', 'rfb.notRfb'],
  },
  {
    title: 'greets one byte a second',
    script: [{ drip: text('R'), everyMs: 1_000 }],
    codes: ['rfb.timeout', 'rfb.notRfb'],
  },
  { title: 'is a web server', script: [text('HTTP/1.1 400 No\r\n\r\n')], codes: ['rfb.notRfb'] },
  { title: 'floods', script: [{ flood: Buffer.alloc(1_024, 'x') }], codes: ['rfb.notRfb'] },
];

const LOGIN_NODES: readonly Row[] = [
  { title: 'refuses', script: 'refuses', codes: ['ssh.exited'] },
  { title: 'says nothing', script: [], codes: ['rfb.timeout', 'ssh.exited'] },
  { title: 'closes at once', script: [{ close: 'end' }], codes: ['ssh.exited'] },
  { title: 'resets at once', script: [{ close: 'reset' }], codes: ['ssh.exited'] },
  {
    title: 'is a web server',
    script: [text('HTTP/1.1 400 No\r\n\r\n'), { close: 'end' }],
    codes: ['ssh.exited'],
  },
  {
    title: 'floods before its version',
    script: [{ flood: text('not yet\r\n') }],
    codes: ['ssh.exited', 'rfb.timeout'],
  },
  {
    title: 'has a version and then nothing',
    script: [text('SSH-2.0-OpenSSH_9.2\r\n')],
    codes: ['rfb.timeout', 'ssh.exited'],
  },
  {
    title: 'has a version and then nonsense',
    script: [text('SSH-2.0-OpenSSH_9.2\r\n'), Buffer.alloc(4_096, 0xff), { close: 'end' }],
    codes: ['ssh.exited'],
  },
];

/** What a real login node may be set to, and what comes of it. */
const SSHDS: readonly (readonly [string, readonly string[], ErrorCode])[] = [
  [
    'wants more than a key, with nobody to ask',
    ['AuthenticationMethods publickey,password', 'PasswordAuthentication yes'],
    'ssh.authFailed',
  ],
  ['opens no port', ['PermitOpen none'], 'tunnel.unreachable'],
  ['forwards local sockets only', ['AllowTcpForwarding remote'], 'tunnel.unreachable'],
  ['lets nobody in', ['DenyUsers *'], 'ssh.authFailed'],
];

/** Programs that are called ssh. */
const PROGRAMS: readonly { title: string; lines: string; codes: readonly ErrorCode[] }[] = [
  { title: 'ends at once without a word', lines: 'exit 0', codes: ['tunnel.lost', 'ssh.exited'] },
  { title: 'fails at once without a word', lines: 'exit 255', codes: ['ssh.exited'] },
  { title: 'never ends', lines: 'exec tail -f /dev/null', codes: ['rfb.timeout', 'ssh.exited'] },
  {
    title: 'does not listen to SIGTERM',
    lines: "trap '' TERM\nwhile :; do sleep 0.1; done",
    codes: ['rfb.timeout', 'ssh.exited'],
  },
  {
    title: 'complains without end',
    lines: 'yes "no way" | head -c 20000000 >&2\nexit 255',
    codes: ['ssh.exited'],
  },
  { title: 'greets as somebody else', lines: 'echo SSH-2.0-x; cat', codes: ['ssh.exited'] },
  { title: 'dies of a signal', lines: 'kill -SEGV $$', codes: ['ssh.exited'] },
];

/** Opens a forward that must fail in one of the ways, and in time. */
async function expectFailure(
  target: Endpoint,
  login: string | undefined,
  { codes, environment = process.env }: Pick<Row, 'codes'> & { environment?: Environment },
) {
  const timeoutMs = codes.includes('rfb.timeout') ? SHORT_MS : LONG_MS;
  const via = login === undefined ? undefined : parseLoginNode(login);
  const opening = openForward(
    {
      route: via === undefined ? { kind: 'direct', target } : { kind: 'ssh', target, via },
      listen: { kind: 'tcp', port: 0 as Port },
      ...{ mayAsk: false, timeoutMs, signal: new AbortController().signal },
    },
    { environment, platform: process.platform },
  );
  const error = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(codes).toContain(error instanceof DeskError ? error.code : error);
}

afterAll(() => {
  const count = TARGETS.length + LOGIN_NODES.length + PROGRAMS.length + SSHDS.length;
  tellCount('dead tunnels', count);
});

async function withPeer(script: Row['script'], use: (peer: Endpoint) => Promise<void>) {
  if (script === 'refuses') {
    await use({ host: '127.0.0.1' as IpAddress, port: (await freePort()) as Port });
    return;
  }
  const peer = await startScriptedDesktop(script);
  try {
    await use(peer.target);
    await eventually(() => peer.openConnections() === 0);
  } finally {
    await peer.close();
  }
}

test.concurrent.each(TARGETS)('a desktop that $title is no tunnel', ({ script, codes }) =>
  withPeer(script, async (target) => {
    await expectFailure(target, undefined, { codes });
  }),
);

describeWith('ssh', 'with the real ssh', () => {
  const target = { host: '10.0.0.7' as IpAddress, port: 5901 as Port };

  test.concurrent.each(LOGIN_NODES)('a login node that $title is no way', ({ script, codes }) =>
    withPeer(script, async ({ host, port }) => {
      await expectFailure(target, `me@${host}:${port}`, { codes });
    }),
  );
});

test.concurrent.each(PROGRAMS)(
  'an ssh that $title is told of, and gone',
  async ({ lines, codes }) => {
    const folder = mkdtempSync(join(tmpdir(), 'fake-ssh-'));
    try {
      writeFileSync(join(folder, 'ssh'), `#!/bin/sh\n# ${folder}\n${lines}\n`);
      chmodSync(join(folder, 'ssh'), 0o755);
      const environment = { PATH: `${folder}:/usr/bin:/bin` };
      const target = { host: '10.0.0.7' as IpAddress, port: 5901 as Port };
      await expectFailure(target, 'login.example', { codes, environment });
      const left = childrenOf(process.pid).filter((line) => line.includes(folder));
      expect(left).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'a login node', () => {
  test.concurrent.each(SSHDS)('that %s is told of', async (_title, serverConfig, code) => {
    const sshd = await startSshd({ serverConfig });
    try {
      const peer = { host: '127.0.0.1' as IpAddress, port: sshd.port as Port };
      const via = `${sshd.user}@127.0.0.1:${sshd.port}`;
      await expectFailure(peer, via, { codes: [code], environment: sshd.environment });
      await eventually(() => sshd.connections().length === 0);
    } finally {
      await sshd.close();
    }
  });
});
