import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { formatEndpoint } from '../../../src/model/endpoint.js';
import type { Picture } from '../../../src/model/picture.js';
import { openDesktop } from '../../../src/transport/desktop/open-desktop.js';
import { createByteReader } from '../../../src/transport/rfb/byte-reader.js';
import { captureFrame } from '../../../src/transport/rfb/capture.js';
import { shakeHands } from '../../../src/transport/rfb/handshake.js';
import { COPY_RECT, RAW, ZRLE } from '../../../src/transport/rfb/messages.js';
import { readXwd } from '../../helpers/read-xwd.js';
import { describeWith } from '../../helpers/real-components.js';
import { startSshd } from '../../helpers/start-sshd.js';
import { startXvnc, type TestXvnc, type XvncOptions } from '../../helpers/start-xvnc.js';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(options: XvncOptions): Promise<TestXvnc> {
  const xvnc = await startXvnc(options);
  closers.push(xvnc.close);
  return xvnc;
}

const open = ({ target }: TestXvnc, password?: string) =>
  openDesktop(
    {
      route: { kind: 'direct', target },
      mayAsk: false,
      timeoutMs: 20_000,
      signal: new AbortController().signal,
      password,
    },
    process.env,
  );

/** Captures with the given encodings, which `openDesktop` does not expose. */
async function captureWith({ target }: TestXvnc, encodings: readonly number[]): Promise<Picture> {
  const stream = connect(target);
  closers.push(() => stream.destroy());
  const reader = createByteReader(stream, formatEndpoint(target));
  const greeted = await shakeHands({
    stream,
    reader,
    target: formatEndpoint(target),
    password: undefined,
    onSecured() {},
  });
  return captureFrame({ stream, reader, ...greeted, encodings });
}

/** Paints a large area, hard edges or a fine pattern, so that servers use every type of tile. */
async function paint(xvnc: TestXvnc, kind: Painting): Promise<void> {
  if (kind === 'solid') await xvnc.runClient('xsetroot', '-solid', '#3c78b4');
  if (kind === 'grid') {
    await xvnc.runClient('xsetroot', '-mod', '5', '7', '-fg', '#ff8000', '-bg', '#003060');
  }
  if (kind === 'bitmap') {
    const file = join(xvnc.folder, 'noise.xbm');
    writeFileSync(file, noiseBitmap(61, 67));
    await xvnc.runClient('xsetroot', '-bitmap', file, '-fg', '#c8ff14', '-bg', '#501e78');
  }
}

const PAINTINGS = ['solid', 'grid', 'bitmap'] as const;
type Painting = (typeof PAINTINGS)[number];

/** An X bitmap of pseudo-random bits from a fixed seed. */
function noiseBitmap(width: number, height: number): string {
  let seed = 12345;
  const bytes = Array.from({ length: Math.ceil(width / 8) * height }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return `0x${((seed >> 16) & 0xff).toString(16)}`;
  });
  return `#define n_width ${width}\n#define n_height ${height}\nstatic unsigned char n_bits[] = {\n${bytes.join(',\n')}};\n`;
}

describeWith(['Xvnc', 'xsetroot', 'xwd'], 'a frame captured from a real Xvnc', () => {
  const GEOMETRIES = ['640x480', '333x201', '65x63', '64x64'];
  // Xvnc supports no other depth; the hostile tests emulate an 8-bit server.
  const DEPTHS = [16, 24, 32];

  test.each(DEPTHS.flatMap((depth) => GEOMETRIES.map((geometry) => ({ depth, geometry }))))(
    'equals the output of xwd at depth $depth and $geometry, in Raw and in ZRLE',
    async (options) => {
      const xvnc = await start(options);
      for (const painting of PAINTINGS) {
        await paint(xvnc, painting);
        const truth = readXwd(await xvnc.runClient('xwd', '-root', '-silent'));
        for (const encodings of [[RAW], [ZRLE, COPY_RECT, RAW]]) {
          const seen = await captureWith(xvnc, encodings);
          expect(seen.widthPx).toBe(truth.widthPx);
          expect(countDifferences(seen, truth), `${painting} ${encodings}`).toBe(0);
        }
      }
    },
  );

  test('is the same through a real ssh', async () => {
    const [xvnc, sshd] = await Promise.all([start({ geometry: '320x200' }), startSshd()]);
    closers.push(sshd.close);
    await paint(xvnc, 'grid');
    const steps: string[] = [];
    const desktop = await openDesktop(
      {
        route: { kind: 'ssh', target: xvnc.target, via: sshd.via },
        mayAsk: false,
        timeoutMs: 20_000,
        signal: new AbortController().signal,
        password: undefined,
        report: (step) => steps.push(step),
      },
      sshd.environment,
    );
    closers.push(desktop.close);
    const truth = readXwd(await xvnc.runClient('xwd', '-root', '-silent'));
    expect(countDifferences(await desktop.captureFrame(20_000), truth)).toBe(0);
    expect(steps).toEqual(['greeted', 'secured']);
    await desktop.close();
    // sshd ends the process of the connection slightly later.
    await expect.poll(() => sshd.connections()).toEqual([]);
  });
});

describeWith(['Xvnc', 'vncpasswd'], 'an Xvnc with a password', () => {
  async function startLocked(): Promise<TestXvnc> {
    const folder = await start({ geometry: '64x64' });
    const file = join(folder.folder, 'passwd');
    writeFileSync(file, execFileSync('vncpasswd', ['-f'], { input: 'dragon42\n' }));
    return start({
      geometry: '320x200',
      options: ['-SecurityTypes', 'VncAuth', '-PasswordFile', file, '-BlacklistThreshold', '2'],
    });
  }

  test('accepts the password, of which only the first eight bytes count', async () => {
    const xvnc = await startLocked();
    for (const password of ['dragon42', 'dragon42 and more']) {
      const desktop = await open(xvnc, password);
      closers.push(desktop.close);
      expect(desktop).toMatchObject({ version: '003.008', securityTypes: [2], widthPx: 320 });
      expect((await desktop.captureFrame(20_000)).heightPx).toBe(200);
    }
  });

  test('does not lock out a client that connects repeatedly with the right password', async () => {
    const xvnc = await startLocked();
    for (let look = 0; look < 12; look += 1) await (await open(xvnc, 'dragon42')).close();
  });

  test.each([['dragon43'], [undefined]])('rejects the password %s', async (password) => {
    const xvnc = await startLocked();
    await expect(open(xvnc, password)).rejects.toMatchObject({ code: 'rfb.authFailed' });
  });
});

describeWith('Xvnc', 'repeated connections to an Xvnc', () => {
  test('are not locked out with a BlacklistThreshold of 2', async () => {
    const xvnc = await start({
      geometry: '64x64',
      options: ['-SecurityTypes', 'None', '-BlacklistThreshold', '2'],
    });
    for (let look = 0; look < 12; look += 1) {
      const desktop = await open(xvnc);
      await desktop.captureFrame(20_000);
      await desktop.close();
    }
  });

  test('do not disconnect other clients', async () => {
    const xvnc = await start({ geometry: '64x64' });
    const first = await open(xvnc);
    closers.push(first.close);
    const second = await open(xvnc);
    closers.push(second.close);
    await second.captureFrame(20_000);
    await expect(first.captureFrame(20_000)).resolves.toMatchObject({ widthPx: 64 });
  });
});

function countDifferences(one: Picture, other: Picture): number {
  let differences = Math.abs(one.pixels.length - other.pixels.length);
  for (let index = 0; index < one.pixels.length; index += 1) {
    if (one.pixels[index] !== other.pixels[index]) differences += 1;
  }
  return differences;
}
