import { deflateSync, gzipSync } from 'node:zlib';
import type { ErrorCode } from '../../src/errors/codes.js';
import type { DesktopStep } from '../helpers/scripted-desktop.js';
import * as part from './rfb-parts.js';

const { hex, text, join, u32, hear, zeros, spoken, greet, none, serverInit, desk } = part;
const { update, rectangle, raw, copy, zrle, zrleData, resize, lastRect, cutText, deflate } = part;

/** What comes of it: a picture of this size, or an error and what it says. */
type Outcome = readonly [width: number, height: number] | readonly [ErrorCode, RegExp?];

export interface RfbCase {
  readonly title: string;
  readonly script: readonly DesktopStep[];
  readonly outcome: Outcome;
  readonly password: string | undefined;
}

const row = (
  title: string,
  script: readonly DesktopStep[],
  outcome: Outcome,
  password?: string,
): RfbCase => ({ title, script, outcome, password });

const end: DesktopStep = { close: 'end' };
const reset: DesktopStep = { close: 'reset' };
const drip = (bytes: Buffer): DesktopStep => ({ drip: bytes, everyMs: 20 });
const notRfb = (reason?: RegExp): Outcome => (reason ? ['rfb.notRfb', reason] : ['rfb.notRfb']);
const broken = (reason?: RegExp): Outcome => (reason ? ['rfb.broken', reason] : ['rfb.broken']);
const late: Outcome = ['rfb.timeout'];
const lost: Outcome = ['tunnel.lost'];
const lockedOut = (reason: RegExp): Outcome => ['rfb.lockedOut', reason];
const denied: Outcome = ['rfb.authFailed'];
/** After the greeting and None. */
const init = (...steps: readonly DesktopStep[]) => [...greet(), ...none, hear(1), ...steps];
/** A desktop of 8×8 with a tail. */
const small = (...steps: readonly DesktopStep[]) => [...desk(8, 8), ...steps];
const ALL = [0, 0, 8, 8] as const;
const whole = update([raw(ALL)]);
const tile = (data: string) => hex(data);

export const BANNER: readonly RfbCase[] = [
  row('says nothing', [], late),
  row('says one byte', [text('R')], late),
  row('says eleven bytes', [text('RFB 003.008')], late),
  row('has no line feed', [text('RFB 003.008 ')], notRfb()),
  row('writes in lower case', [text('rfb 003.008\n')], notRfb()),
  row(
    'speaks 4.1, as RealVNC does',
    [...greet('004.001'), ...none, hear(1), serverInit(8, 8), hear(54), whole],
    [8, 8],
  ),
  row(
    'speaks 3.889, as Apple does',
    [...greet('003.889'), ...none, hear(1), serverInit(8, 8), hear(54), whole],
    [8, 8],
  ),
  row(
    'speaks 5.0',
    [...greet('005.000'), ...none, hear(1), serverInit(8, 8), hear(54), whole],
    [8, 8],
  ),
  row('speaks 0.0, as a repeater does', greet('000.000'), broken(/000\.000/)),
  row('speaks 3.2', greet('003.002'), broken(/003\.002/)),
  row('speaks 2.9', greet('002.009'), broken(/002\.009/)),
  row('is an ssh server', [text('SSH-2.0-OpenSSH_9.2\r\n')], notRfb(/SSH-2\.0-OpenSSH_9\.2/)),
  row('is a web server', [text('HTTP/1.1 400 Bad Request\r\n\r\n')], notRfb(/HTTP\/1\.1 400/)),
  row('is a mail server', [text('220 mx.example ESMTP\r\n')], notRfb(/220 mx/)),
  row('sends binary', [hex('16 03 01 02 00 01 00 01 fc 03 03 00')], notRfb()),
  row('drips its greeting', [text('RF'), drip(text('B'))], notRfb()),
  row('floods before it greets', [{ flood: Buffer.alloc(65_536, 'R') }], notRfb()),
  row('closes at once', [end], lost),
];

const offer = (...types: readonly number[]) => Buffer.from([types.length, ...types]);
const challenge = Buffer.alloc(16, 7);

export const SECURITY: readonly RfbCase[] = [
  row(
    'takes nobody',
    [...greet(), hex('00'), spoken('Too many security failures')],
    lockedOut(/^Too many/),
  ),
  row(
    'takes nobody and gives an empty reason',
    [...greet(), hex('00'), spoken('')],
    lockedOut(/^$/),
  ),
  row(
    'takes nobody and talks for 4 KiB',
    [...greet(), hex('00'), spoken('x'.repeat(4096))],
    lockedOut(/^x{4096}$/),
  ),
  row('announces a reason of 4 KiB and one', [...greet(), hex('00'), u32(4097)], broken(/4097/)),
  row(
    'announces a reason of 4 GiB',
    [...greet(), hex('00'), u32(0xffffffff)],
    broken(/4294967295/),
  ),
  row('drips its reason', [...greet(), hex('00'), u32(400), drip(text('x'))], late),
  row(
    'gives a reason that is no UTF-8',
    [...greet(), hex('00'), spoken(hex('ff fe'))],
    lockedOut(/\ufffd/),
  ),
  row(
    'offers 255 types and none of ours',
    [...greet(), Buffer.from([255, ...Array(255).fill(77)])],
    broken(/77/),
  ),
  row('offers only Tight and VeNCrypt', [...greet(), offer(16, 19)], broken(/16, 19/)),
  row(
    'offers None among others, twice',
    [...greet(), offer(19, 1, 1), hear(1), u32(0), hear(1), serverInit(8, 8), hear(54), whole],
    [8, 8],
  ),
  row('wants a password that we do not have', [...greet(), offer(2)], denied),
  row(
    'offers both, and we have no password',
    [...greet(), offer(2, 1), hear(1), u32(0), hear(1), serverInit(8, 8), hear(54), whole],
    [8, 8],
  ),
  row(
    'offers both, and we have a password',
    [
      ...greet(),
      offer(1, 2),
      hear(1),
      challenge,
      hear(16),
      u32(0),
      hear(1),
      serverInit(8, 8),
      hear(54),
      whole,
    ],
    [8, 8],
    'secret',
  ),
  row(
    'refuses the password',
    [...greet(), offer(2), hear(1), challenge, hear(16), u32(1), spoken('no')],
    denied,
    'secret',
  ),
  row(
    'has had too many tries',
    [...greet(), offer(2), hear(1), challenge, hear(16), u32(2), spoken('slow down')],
    lockedOut(/slow down/),
    'secret',
  ),
  row(
    'answers with an unknown result',
    [...greet(), offer(2), hear(1), challenge, hear(16), u32(0xffffffff)],
    denied,
    'secret',
  ),
  row('sends half a challenge', [...greet(), offer(2), hear(1), zeros(8)], late, 'secret'),
  row(
    'hangs up after half a challenge',
    [...greet(), offer(2), hear(1), zeros(8), end],
    lost,
    'secret',
  ),
  row('never sends its result', [...greet(), offer(1), hear(1)], late),
  row(
    'refuses None with a reason',
    [...greet(), offer(1), hear(1), u32(1), spoken('go away')],
    lockedOut(/go away/),
  ),
  row(
    'speaks 3.3 and takes nobody',
    [...greet('003.003'), u32(0), spoken('locked')],
    lockedOut(/locked/),
  ),
  row(
    'speaks 3.3 and lets all in',
    [...greet('003.003'), u32(1), hear(1), serverInit(8, 8), hear(54), whole],
    [8, 8],
  ),
  row(
    'speaks 3.3 and wants a password',
    [
      ...greet('003.003'),
      u32(2),
      challenge,
      hear(16),
      u32(0),
      hear(1),
      serverInit(8, 8),
      hear(54),
      whole,
    ],
    [8, 8],
    'secret',
  ),
  row(
    'speaks 3.3 and refuses the password',
    [...greet('003.003'), u32(2), challenge, hear(16), u32(1)],
    denied,
    'secret',
  ),
  row(
    'speaks 3.3 and has had too many tries',
    [...greet('003.003'), u32(2), challenge, hear(16), u32(2)],
    lockedOut(/too many/),
    'secret',
  ),
  row('speaks 3.3 and demands an unknown type', [...greet('003.003'), u32(99)], broken(/99/)),
  row(
    'speaks 3.6, which is 3.3',
    [...greet('003.006'), u32(1), hear(1), serverInit(8, 8), hear(54), whole],
    [8, 8],
  ),
  row(
    'speaks 3.7, where None has no result',
    [...greet('003.007'), offer(1), hear(1), hear(1), serverInit(8, 8), hear(54), whole],
    [8, 8],
  ),
  row(
    'speaks 3.7 and refuses the password',
    [...greet('003.007'), offer(2), hear(1), challenge, hear(16), u32(1)],
    denied,
    'secret',
  ),
];

const nameOf = (length: number) => spoken('n'.repeat(length));

export const INIT: readonly RfbCase[] = [
  row('is 0×0', init(serverInit(0, 0)), broken(/0×0/)),
  row('is 0 wide', init(serverInit(0, 8)), broken(/0×8/)),
  row('is 1×1', [...desk(1, 1), update([raw([0, 0, 1, 1])])], [1, 1]),
  row('is 65535×65535', init(serverInit(65_535, 65_535)), broken(/65535/)),
  row('is 16385 wide', init(serverInit(16_385, 1)), broken(/16385/)),
  row('is 16384 wide', [...desk(16_384, 1), update([raw([0, 0, 16_384, 1])])], [16_384, 1]),
  row('has one row too many for 8K', init(serverInit(7680, 4321)), broken(/7680×4321/)),
  row('has no name', init(serverInit(8, 8, spoken('')), hear(54), whole), [8, 8]),
  row('has a name of 4 KiB', init(serverInit(8, 8, nameOf(4096)), hear(54), whole), [8, 8]),
  row('has a name of 64 KiB', init(serverInit(8, 8, nameOf(65_536)), hear(54), whole), [8, 8]),
  row('announces a name of 64 KiB and one', init(serverInit(8, 8, u32(65_537))), broken(/65537/)),
  row('announces a name of 2 GiB', init(serverInit(8, 8, u32(0x80000000))), broken(/2147483648/)),
  row('announces a name of 4 GiB', init(serverInit(8, 8, u32(0xffffffff))), broken(/4294967295/)),
  row('drips its name', init(serverInit(8, 8, u32(4000)), drip(text('n'))), late),
  row('sends half of it', init(zeros(12)), late),
  row('resets in the middle of it', init(zeros(12), reset), lost),
  ...[
    '08 03 00 01 0007 0007 0003 00 03 06',
    '10 10 01 01 001f 003f 001f 0b 05 00',
    '18 18 00 01 00ff 00ff 00ff 10 08 00',
    '08 08 00 00 0000 0000 0000 00 00 00',
    '00 ff 00 01 0000 0000 0000 ff ff ff',
    '07 20 07 07 ffff ffff ffff 20 40 ff',
  ].map((format) =>
    row(
      `prefers the pixels ${format}`,
      init(serverInit(8, 8, spoken('desk'), `${format} 000000`), hear(54), whole),
      [8, 8],
    ),
  ),
];

export const RECTANGLES: readonly RfbCase[] = [
  row('sends nothing, then all', small(update([]), hear(10), whole), [8, 8]),
  row(
    'sends halves in two updates',
    small(update([raw([0, 0, 8, 4])]), hear(10), update([raw([0, 4, 8, 4])])),
    [8, 8],
  ),
  row(
    'sends empty rectangles',
    small(update([raw([8, 8, 0, 0]), raw([0, 0, 0, 8]), raw(ALL)])),
    [8, 8],
  ),
  row('sends empty updates for ever', small({ flood: update([]) }), broken(/1000 messages/)),
  row('leaves one pixel out', small(update([raw([0, 0, 8, 7]), raw([0, 7, 7, 1])])), late),
  row(
    'begins one pixel too far right',
    small(update([rectangle([1, 0, 8, 8], 0)])),
    broken(/8×8\+1\+0/),
  ),
  row('begins one pixel too low', small(update([rectangle([0, 1, 8, 8], 0)])), broken(/8×8\+0\+1/)),
  row('is one pixel too wide', small(update([rectangle([0, 0, 9, 8], 0)])), broken(/9×8/)),
  row('is one pixel too high', small(update([rectangle([0, 0, 8, 9], 0)])), broken(/8×9/)),
  row('wraps at 16 bits', small(update([rectangle([65_535, 0, 2, 1], 0)])), broken(/outside/)),
  row(
    'has the right area and the wrong sides',
    small(update([rectangle([0, 0, 64, 1], 0)])),
    broken(/64×1/),
  ),
  row(
    'paints five times over',
    small(update([raw(ALL), raw(ALL), raw(ALL), raw(ALL), raw(ALL)])),
    broken(/again/),
  ),
  row('ends with LastRect', small(update([raw(ALL), lastRect()], 65_535)), [8, 8]),
  row('ends at once with LastRect', small(update([lastRect()], 65_535), hear(10), whole), [8, 8]),
  row('counts 65535 and sends one', small(update([raw(ALL)], 65_535)), late),
  row(
    'uses Hextile, which nobody asked for',
    small(update([rectangle(ALL, 5)])),
    broken(/encoding 5/),
  ),
  row(
    'uses a cursor, which nobody asked for',
    small(update([rectangle(ALL, -239)])),
    broken(/-239/),
  ),
  row(
    'uses an unknown encoding',
    small(update([rectangle(ALL, 0x7fffffff)])),
    broken(/2147483647/),
  ),
  row('copies', small(update([raw([0, 0, 8, 4]), copy([0, 4, 8, 4], 0, 0)])), [8, 8]),
  row('copies onto itself', small(update([raw(ALL), copy([0, 1, 8, 7], 0, 0)])), [8, 8]),
  row(
    'copies from outside',
    small(update([raw(ALL), copy([0, 0, 8, 8], 1, 0)])),
    broken(/outside/),
  ),
  row(
    'copies from far outside',
    small(update([raw(ALL), copy([0, 0, 1, 1], 65_535, 65_535)])),
    broken(/outside/),
  ),
  row(
    'copies from where nothing is',
    small(update([copy([0, 0, 4, 8], 4, 0)])),
    broken(/nothing was painted/),
  ),
  row('grows', small(update([resize(9, 9)]), hear(10), update([raw([0, 0, 9, 9])])), [9, 9]),
  row(
    'shrinks between rectangles',
    small(update([raw(ALL), resize(4, 4), raw([0, 0, 4, 4])])),
    [4, 4],
  ),
  row(
    'shrinks and paints as before',
    small(update([resize(4, 4), rectangle(ALL, 0)])),
    broken(/outside/),
  ),
  row('shrinks to nothing', small(update([resize(0, 0)])), broken(/0×0/)),
  row('grows beyond measure', small(update([resize(16_384, 16_384)])), broken(/16384/)),
  row(
    'changes its size for ever',
    small({ flood: update([resize(4096, 4096)]) }),
    broken(/size again/),
  ),
  row('sends fewer pixels than promised', small(update([raw(ALL, zeros(255))])), late),
  row('ends in the middle of a rectangle', small(update([raw(ALL, zeros(100))]), end), lost),
  row('resets in the middle of a rectangle', small(update([raw(ALL, zeros(100))]), reset), lost),
  row('says more after the picture', small(join(whole, whole, whole)), [8, 8]),
];

/** Solid, 3 bytes of colour. */
const SOLID = tile('01 332211');

export const ZRLE_TILES: readonly RfbCase[] = [
  row('is solid', small(update([zrle(ALL, SOLID)])), [8, 8]),
  row('is raw', small(update([zrle(ALL, join(tile('00'), zeros(192)))])), [8, 8]),
  row(
    'has two colours',
    small(update([zrle(ALL, join(tile('02 000000 ffffff'), zeros(8)))])),
    [8, 8],
  ),
  row(
    'has three colours',
    small(update([zrle(ALL, join(tile('03 000000 ffffff 112233'), zeros(16)))])),
    [8, 8],
  ),
  row('has sixteen colours', small(update([zrle(ALL, join(tile('10'), zeros(48 + 32)))])), [8, 8]),
  row(
    'has a colour that its palette lacks',
    small(update([zrle(ALL, join(tile('03 000000 ffffff 112233'), Buffer.alloc(16, 0xff)))])),
    broken(/palette/),
  ),
  row('has the unused kind 17', small(update([zrle(ALL, tile('11'))])), broken(/kind 17/)),
  row('has the unused kind 127', small(update([zrle(ALL, tile('7f'))])), broken(/kind 127/)),
  row('has the unused kind 129', small(update([zrle(ALL, tile('81'))])), broken(/kind 129/)),
  row('is one run', small(update([zrle(ALL, tile('80 112233 3f'))])), [8, 8]),
  row('has a run past its end', small(update([zrle(ALL, tile('80 112233 40'))])), broken(/run/)),
  row(
    'has a run of 2^31',
    small(update([zrle(ALL, join(tile('80 112233'), Buffer.alloc(8_421_505, 255)))])),
    broken(),
  ),
  row(
    'has runs of a palette',
    small(update([zrle(ALL, tile('82 000000 ffffff 00 81 3e'))])),
    [8, 8],
  ),
  row(
    'has a run of a colour that its palette lacks',
    small(update([zrle(ALL, tile('82 000000 ffffff 05'))])),
    broken(/palette/),
  ),
  row(
    'has a palette run past its end',
    small(update([zrle(ALL, tile('82 000000 ffffff 81 40'))])),
    broken(/run/),
  ),
  row(
    'has a palette of 127 and runs',
    small(update([zrle(ALL, join(tile('ff'), zeros(381), tile('fe 3f')))])),
    [8, 8],
  ),
  row(
    'is one byte short',
    small(update([zrle(ALL, join(tile('00'), zeros(191)))])),
    broken(/too early/),
  ),
  row('is one byte long', small(update([zrle(ALL, join(SOLID, zeros(1)))])), broken(/more tiles/)),
  row('has no data', small(update([zrleData(ALL, zeros(0))])), broken(/too early/)),
  row(
    'announces 4 GiB',
    small(update([zrleData(ALL, zeros(0), 0xffffffff)])),
    broken(/4294967295/),
  ),
  row('announces more than it sends', small(update([zrleData(ALL, deflate(SOLID), 1000)])), late),
  row('is no zlib', small(update([zrleData(ALL, Buffer.alloc(64, 0xff))])), broken(/zlib/)),
  row('is gzip', small(update([zrleData(ALL, gzipSync(SOLID))])), broken(/zlib/)),
  row(
    'asks for a dictionary',
    small(update([zrleData(ALL, hex('78 bb 00000001 0000'))])),
    broken(/zlib/),
  ),
  row(
    'has a wrong checksum',
    small(update([zrleData(ALL, join(deflateSync(SOLID).subarray(0, -4), zeros(4)))]), hear(0)),
    broken(/zlib/),
  ),
  row(
    'is a bomb of 64 MiB',
    small(update([zrle(ALL, join(SOLID, zeros(64 * 1024 * 1024)))])),
    broken(/more tiles/),
  ),
  row(
    'is a bomb in a tile',
    small(update([zrle(ALL, join(tile('00'), zeros(16 * 1024 * 1024)))])),
    broken(/more tiles/),
  ),
  row(
    'ends its stream and begins another',
    small(
      update([
        zrleData([0, 0, 8, 4], deflateSync(SOLID)),
        zrleData([0, 4, 8, 4], deflateSync(SOLID)),
      ]),
    ),
    broken(/zlib/),
  ),
  row(
    'has many tiles of odd sizes',
    [...desk(130, 70), update([zrle([0, 0, 130, 70], join(...Array(6).fill(SOLID)))])],
    [130, 70],
  ),
  row('is empty', small(update([zrle([0, 0, 0, 0], zeros(0)), raw(ALL)])), [8, 8]),
  row(
    'is empty and says something',
    small(update([zrle([0, 0, 0, 0], SOLID)])),
    broken(/more tiles/),
  ),
  row(
    'rings its stream out with padding',
    small(update([zrle(ALL, SOLID), raw([0, 0, 1, 1])])),
    [8, 8],
  ),
];

export const MESSAGES: readonly RfbCase[] = [
  row('sends an unknown message', small(hex('ff')), broken(/type 255/)),
  row('sends a fence, which nobody asked for', small(hex('f8')), broken(/type 248/)),
  row('ends continuous updates, which nobody asked for', small(hex('96')), broken(/type 150/)),
  row('offers a file transfer', small(hex('07')), broken(/type 7/)),
  row('rings a few times', small(hex('02 02 02'), whole), [8, 8]),
  row('rings for ever', small({ flood: Buffer.alloc(4096, 2) }), broken(/1000 messages/)),
  row('has an empty clipboard', small(cutText(zeros(0)), whole), [8, 8]),
  row('has a clipboard of 256 KiB', small(cutText(zeros(262_144)), whole), [8, 8]),
  row(
    'announces a clipboard of 256 KiB and one',
    small(cutText(zeros(0), 262_145)),
    broken(/262145/),
  ),
  row('announces a clipboard of 4 GiB', small(cutText(zeros(0), 0xffffffff)), broken(/4294967295/)),
  row('announces an extended clipboard', small(cutText(zeros(0), -12)), broken(/4294967284/)),
  row('sends clipboards for ever', small({ flood: cutText(text('x')) }), broken(/1000 messages/)),
  row('sets a colour map', small(join(hex('01 00 0000 0002'), zeros(12)), whole), [8, 8]),
  row('sets an empty colour map', small(hex('01 00 0000 0000'), whole), [8, 8]),
  row(
    'sets a colour map past its end',
    small(join(hex('01 00 ffff ffff'), zeros(393_210)), whole),
    [8, 8],
  ),
  row(
    'sends colour maps for ever',
    small({ flood: join(hex('01 00 0000 0001'), zeros(6)) }),
    broken(/1000 messages/),
  ),
  row('never sends its picture', small(), late),
  row('sends bell after bell, slowly', small(drip(hex('02'))), late),
];

export const TIMING: readonly RfbCase[] = [
  row('stops after the greeting', [text('RFB 003.008\n')], late),
  row('resets after the greeting', [...greet(), reset], lost),
  row('hangs up after the greeting', [...greet(), end], lost),
  row('resets after its security types', [...greet(), offer(1), hear(1), reset], lost),
  row('hangs up before ServerInit', init(end), lost),
  row('resets after the request', small(reset), lost),
  row('hangs up after the request', small(end), lost),
  row('drips its picture', small(update([raw(ALL, zeros(0))]), drip(hex('00'))), late),
  row(
    'drips compressed data',
    small(update([zrleData(ALL, zeros(0), 4000)]), drip(hex('78'))),
    late,
  ),
  row('greets twice', [...greet(), text('RFB 003.008\n')], late),
  row('hangs up after its picture', small(whole, end), [8, 8]),
];

/** One for each class of fault that other clients had. */
export const RECOVERED: readonly RfbCase[] = [
  row(
    'length and one overflow (LibVNC #247)',
    small(cutText(zeros(0), 0xffffffff)),
    broken(/clipboard/),
  ),
  row(
    'products overflow (LibVNC #250)',
    small(update([rectangle([0, 0, 65_535, 65_535], 16)])),
    broken(/outside/),
  ),
  row(
    'a rectangle is checked by its area (GStreamer 2026)',
    small(update([rectangle([0, 0, 4, 16], 0)])),
    broken(/outside/),
  ),
  row(
    'a desktop grows beyond measure (TigerVNC 2019)',
    small(update([resize(65_535, 65_535)])),
    broken(/65535/),
  ),
  row(
    'nothing moves on (CVE-2018-20021)',
    small({ flood: update([raw([0, 0, 0, 0])]) }),
    broken(/1000 messages/),
  ),
  row(
    'a text is unbounded (CVE-2020-14405)',
    init(serverInit(8, 8, u32(0x7fffffff))),
    broken(/name/),
  ),
  row(
    'a picture stays half unpainted',
    small(update([copy(ALL, 0, 0)])),
    broken(/nothing was painted/),
  ),
  row(
    'a pixel format changes under way (CVE-2008-4770)',
    init(
      serverInit(8, 8, spoken('desk'), '08 08 00 00 0000 0000 0000 00 00 00 000000'),
      hear(54),
      join(hex('01 00 0000 0100'), zeros(1536)),
      whole,
    ),
    [8, 8],
  ),
];

export const FAMILIES: Readonly<Record<string, readonly RfbCase[]>> = {
  'whose greeting': BANNER,
  'whose security': SECURITY,
  'whose ServerInit': INIT,
  'whose rectangle': RECTANGLES,
  'whose ZRLE tile': ZRLE_TILES,
  'whose messages': MESSAGES,
  'whose connection': TIMING,
  'with an old fault:': RECOVERED,
};
