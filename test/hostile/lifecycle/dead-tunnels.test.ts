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
import { printCount } from '../../helpers/print-count.js';
import { describeWith } from '../../helpers/real-components.js';
import { type DesktopStep, startScriptedDesktop } from '../../helpers/scripted-desktop.js';
import { startSshd } from '../../helpers/start-sshd.js';
import { childrenOf } from '../../soak/measure.js';

/** For cases that end by themselves, even on a busy machine, and for cases that time out. */
const LONG_MS = 60_000;
const SHORT_MS = 1_500;

type Environment = Readonly<Record<string, string | undefined>>;

interface Row {
  readonly title: string;
  /** What the peer sends; login nodes are contacted by the real ssh. */
  readonly script: readonly DesktopStep[] | 'refuses';
  readonly codes: readonly ErrorCode[];
}

const text = (value: string) => Buffer.from(value);

const TARGETS: readonly Row[] = [
  { title: 'refuses connections', script: 'refuses', codes: ['tunnel.unreachable'] },
  { title: 'sends nothing', script: [], codes: ['rfb.timeout'] },
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
    title: 'sends one byte per second',
    script: [{ drip: text('R'), everyMs: 1_000 }],
    codes: ['rfb.timeout', 'rfb.notRfb'],
  },
  { title: 'is a web server', script: [text('HTTP/1.1 400 No\r\n\r\n')], codes: ['rfb.notRfb'] },
  { title: 'sends forever', script: [{ flood: Buffer.alloc(1_024, 'x') }], codes: ['rfb.notRfb'] },
];

const LOGIN_NODES: readonly Row[] = [
  { title: 'refuses connections', script: 'refuses', codes: ['ssh.exited'] },
  { title: 'sends nothing', script: [], codes: ['rfb.timeout', 'ssh.exited'] },
  { title: 'closes at once', script: [{ close: 'end' }], codes: ['ssh.exited'] },
  { title: 'resets at once', script: [{ close: 'reset' }], codes: ['ssh.exited'] },
  {
    title: 'is a web server',
    script: [text('HTTP/1.1 400 No\r\n\r\n'), { close: 'end' }],
    codes: ['ssh.exited'],
  },
  {
    title: 'sends endless lines before its version',
    script: [{ flood: text('not yet\r\n') }],
    codes: ['ssh.exited', 'rfb.timeout'],
  },
  {
    title: 'sends its version and then nothing',
    script: [text('SSH-2.0-OpenSSH_9.2\r\n')],
    codes: ['rfb.timeout', 'ssh.exited'],
  },
  {
    title: 'sends its version and then garbage',
    script: [text('SSH-2.0-OpenSSH_9.2\r\n'), Buffer.alloc(4_096, 0xff), { close: 'end' }],
    codes: ['ssh.exited'],
  },
];

/** Possible settings of a real login node, and the resulting error. */
const SSHDS: readonly (readonly [string, readonly string[], ErrorCode])[] = [
  [
    'requires a password that cannot be prompted for',
    ['AuthenticationMethods publickey,password', 'PasswordAuthentication yes'],
    'ssh.authFailed',
  ],
  ['forbids every target', ['PermitOpen none'], 'tunnel.unreachable'],
  ['allows remote forwarding only', ['AllowTcpForwarding remote'], 'tunnel.unreachable'],
  ['denies every user', ['DenyUsers *'], 'ssh.authFailed'],
];

/** Programs named ssh. */
const PROGRAMS: readonly { title: string; lines: string; codes: readonly ErrorCode[] }[] = [
  { title: 'exits with 0 and no output', lines: 'exit 0', codes: ['tunnel.lost', 'ssh.exited'] },
  { title: 'exits with 255 and no output', lines: 'exit 255', codes: ['ssh.exited'] },
  { title: 'never exits', lines: 'exec tail -f /dev/null', codes: ['rfb.timeout', 'ssh.exited'] },
  {
    title: 'ignores SIGTERM',
    lines: "trap '' TERM\nwhile :; do sleep 0.1; done",
    codes: ['rfb.timeout', 'ssh.exited'],
  },
  {
    title: 'writes 20 MB to stderr',
    lines: 'yes "no way" | head -c 20000000 >&2\nexit 255',
    codes: ['ssh.exited'],
  },
  { title: 'sends an SSH banner', lines: 'echo SSH-2.0-x; cat', codes: ['ssh.exited'] },
  { title: 'is killed by a signal', lines: 'kill -SEGV $$', codes: ['ssh.exited'] },
];

/** Opens a forward that must fail with one of the codes, in time. */
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
  printCount('dead tunnels', count);
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

test.concurrent.each(TARGETS)('a VNC server that $title is reported', ({ script, codes }) =>
  withPeer(script, async (target) => {
    await expectFailure(target, undefined, { codes });
  }),
);

describeWith('ssh', 'with the real ssh', () => {
  const target = { host: '10.0.0.7' as IpAddress, port: 5901 as Port };

  test.concurrent.each(LOGIN_NODES)('a login node that $title is reported', ({ script, codes }) =>
    withPeer(script, async ({ host, port }) => {
      await expectFailure(target, `me@${host}:${port}`, { codes });
    }),
  );
});

test.concurrent.each(PROGRAMS)(
  'an ssh that $title is reported and leaves no process',
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
  test.concurrent.each(SSHDS)('that %s is reported', async (_title, serverConfig, code) => {
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
