import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Port } from '../../src/model/endpoint.js';
import type { Picture } from '../../src/model/picture.js';
import { openDesktop } from '../../src/transport/desktop/open-desktop.js';
import { openForward } from '../../src/transport/forward/open-forward.js';
import { eventually } from '../helpers/eventually.js';
import { printCount } from '../helpers/print-count.js';
import { describeWith } from '../helpers/real-components.js';
import { startXvnc, type TestXvnc } from '../helpers/start-xvnc.js';
import { openFilesOf, settledFiles } from './measure.js';

const CYCLES = 500;
const LIMITS = { mayAsk: false, timeoutMs: 20_000 } as const;

vi.setConfig({ testTimeout: 30 * 60_000 });

describeWith(['Xvnc', 'xsetroot'], 'a real desktop with repeated connections', () => {
  const { signal } = new AbortController();
  let folder: string;
  let xvnc: TestXvnc;

  beforeEach(async () => {
    xvnc = await startXvnc({ geometry: '320x200' });
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-soak-'));
    vi.stubEnv('TMPDIR', folder);
    vi.stubEnv('XDG_RUNTIME_DIR', undefined);
    await xvnc.runClient('xsetroot', '-solid', '#3c78b4');
  });
  afterEach(async () => {
    await xvnc?.close();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => printCount('connections and captures of a real Xvnc in soak', CYCLES));

  /** Like `vnc connect --viewer none` with a viewer that captures one frame; closes both. */
  async function cycle(): Promise<Picture> {
    const forward = await openForward(
      {
        route: { kind: 'direct', target: xvnc.target },
        listen: { kind: 'tcp', port: 0 as Port },
        ...LIMITS,
        signal,
      },
      { environment: process.env, platform: process.platform },
    );
    if (forward.address.kind !== 'tcp') throw new Error(forward.address.kind);
    const { port } = forward.address;
    const desktop = await openDesktop(
      {
        route: { kind: 'direct', target: { host: xvnc.target.host, port: port as Port } },
        password: undefined,
        ...LIMITS,
        signal,
      },
      process.env,
    );
    const picture = await desktop.captureFrame(LIMITS.timeoutMs);
    await desktop.close();
    await forward.close();
    return picture;
  }

  test(`${CYCLES} cycles leak no files in Xvnc or in this process`, async () => {
    const first = await cycle();
    const ofDesktop = await settledFiles(xvnc.pid);
    const ofUs = await settledFiles(process.pid);
    for (let count = 0; count < CYCLES; count += 1) expect(await cycle()).toEqual(first);
    await eventually(() => openFilesOf(xvnc.pid) === ofDesktop);
    await eventually(() => openFilesOf(process.pid) === ofUs);
    console.log(
      `soak: ${CYCLES} captures of Xvnc: ${ofDesktop} open files of it before and after, ${ofUs} of us`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
