import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Port } from '../../../src/model/endpoint.js';
import type { Forward } from '../../../src/transport/forward/open-forward.js';
import { openForward } from '../../../src/transport/forward/open-forward.js';
import type { ForwardOptions } from '../../../src/transport/transport.js';
import { printCount } from '../../helpers/print-count.js';
import { describeWith } from '../../helpers/real-components.js';
import { type RfbGreeter, startRfbGreeter } from '../../helpers/start-rfb-greeter.js';
import { startSshd, type TestSshd } from '../../helpers/start-sshd.js';
import { attach } from '../../soak/client.js';
import { childrenOf } from '../../soak/measure.js';
import { HAZARDS, HOST_KEY_CASES, hazardLines, knownName, UNASKED } from './ssh-hazards.js';

type Way = Pick<ForwardOptions, 'listen' | 'mayAsk'>;

const TCP = { kind: 'tcp', port: 0 as Port } as const;
const WAYS: readonly Way[] = [
  { listen: TCP, mayAsk: false },
  { listen: TCP, mayAsk: true },
  { listen: { kind: 'socket' }, mayAsk: true },
];

describeWith(['ssh', 'sshd', 'ssh-keygen'], 'the user’s ssh_config', () => {
  let sshd: TestSshd;
  let greeter: RfbGreeter;
  let folder: string;
  let plainConfig: string;

  beforeAll(async () => {
    [sshd, greeter] = await Promise.all([startSshd(), startRfbGreeter()]);
    plainConfig = readFileSync(sshd.configFile, 'utf8');
  });
  afterAll(async () => {
    printCount('ssh_config hazards × ways to connect', HAZARDS.length * WAYS.length);
    printCount('host key cases', HOST_KEY_CASES.length);
    await Promise.all([sshd?.close(), greeter?.close()]);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-ssh-'));
    vi.stubEnv('TMPDIR', folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  function open({ listen, mayAsk }: Way): Promise<Forward> {
    const environment = {
      ...sshd.environment,
      XDG_RUNTIME_DIR: undefined,
      HPC_DESK_TOKEN: 'sentinel',
    };
    return openForward(
      {
        route: { kind: 'ssh', target: greeter.target, via: sshd.via },
        ...{ listen, mayAsk, timeoutMs: 20_000, signal: new AbortController().signal },
      },
      { environment, platform: process.platform },
    );
  }

  async function expectNothingLeft() {
    const ours = () => childrenOf(process.pid).filter((line) => line.includes(sshd.configFile));
    await expect.poll(ours).toEqual([]);
    await expect.poll(() => sshd.connections()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  }

  test.each(HAZARDS)('does not affect any kind of tunnel: $title', async (hazard) => {
    writeFileSync(sshd.configFile, `${hazardLines(hazard, folder)}${plainConfig}`);
    const from = sshd.log().length;
    const forwards = await Promise.all(WAYS.map(open));
    // The second client does not get the connection that verified the tunnel.
    const addresses = [...forwards, ...forwards].map(({ address }) => address);
    for (const client of await Promise.all(addresses.map(attach))) client.destroy();
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const sockets = names.filter((name) => name.endsWith('.sock'));
    // One for the forward, and one for each login.
    expect(sockets).toHaveLength(1 + WAYS.length);
    for (const name of sockets) expect(statSync(join(folder, name)).mode & 0o177).toBe(0);
    await Promise.all(forwards.map((forward) => forward.close()));
    await expectNothingLeft();
    const log = sshd.log().slice(from);
    expect(log.match(/^Accepted publickey/gm)).toHaveLength(WAYS.length);
    expect(log.match(/direct-tcpip/g)?.length).toBeGreaterThanOrEqual(addresses.length);
    expect(log).not.toMatch(UNASKED);
  });

  test.each(HOST_KEY_CASES)('decides about host keys: $title', async (row) => {
    const { known, lines = [], failure, mayGrow } = row;
    writeFileSync(sshd.configFile, `${lines.map((line) => `${line}\n`).join('')}${plainConfig}`);
    const key = readFileSync(join(sshd.folder, 'host_key.pub'), 'utf8').trim();
    const other = readFileSync(`${sshd.identityFile}.pub`, 'utf8').trim();
    const text = `${known({ host: knownName(sshd), key, other })}\n`;
    writeFileSync(sshd.knownHostsFile, text);
    const from = greeter.accepted.length;
    const opening = open({ listen: TCP, mayAsk: false });
    if (failure !== undefined) {
      await expect(opening).rejects.toMatchObject({ code: failure });
      expect(greeter.accepted).toHaveLength(from);
    } else {
      const forward = await opening;
      (await attach(forward.address)).destroy();
      await forward.close();
    }
    const after = readFileSync(sshd.knownHostsFile, 'utf8');
    if (mayGrow) expect(after).toContain(key.split(' ')[1]);
    else expect(after).toBe(text);
    await expectNothingLeft();
  });
});
