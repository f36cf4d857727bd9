import { describe, expect, it } from 'vitest';
import { isDeskError } from '../../../src/errors/desk-error.js';
import { type BaseUrl, parseBaseUrl } from '../../../src/model/base-url.js';
import { toLaunchUrl, toSession } from '../../../src/platform/remote/create-platform.js';
import type { WireSession } from '../../../src/platform/remote/desktop-endpoints.js';
import { errorFrom } from '../../helpers/error-from.js';
import { baseUrlOf, EXAMPLE } from './test-platform.js';

const API_URL = parseBaseUrl('https://hpc.example:65051/hpc') as BaseUrl;

function map(changes: Partial<WireSession>, mayBeLoopback = false, timeZone = 'Asia/Shanghai') {
  const wire: WireSession = { ...EXAMPLE, width: 1920, length: 1080, ...changes };
  return toSession(wire, { timeZone, sweepAt: '2023-02-03T01:00:00+08:00', mayBeLoopback });
}

/** The details of the unsafe.value error that a function throws. */
function refusal(run: () => unknown): unknown {
  try {
    return `accepted: ${JSON.stringify(run())}`;
  } catch (error) {
    return isDeskError(error, 'unsafe.value') ? error.details : error;
  }
}

describe('the display', () => {
  it.each([
    [1, 5901],
    ['4', 5904],
    [4, 5904],
    ['59635', 65535],
  ])('%j is port %s', (sid, port) => {
    expect(map({ sid }).port).toBe(port);
  });

  // biome-ignore format: a table
  it.each([
    '', '0', '00', '01', ' 1', '1 ', '+1', '-1', '-0', '1.0', '1e1', '0x1', '1,1', '１', '١', '1n', '1\n', '\t1',
    '59636', '65536', '99999999', '9007199254740993', '1'.repeat(4000), 'null', 'true', '[]', 'NaN', 'Infinity',
    '1;id', '$(id)', '$HOME', '4:5', '/tmp/x',
    0, -1, -0, 1.5, 59636, 1e21, 2 ** 53 + 2, Number.NaN, Number.POSITIVE_INFINITY,
  ])('%j is rejected', (sid) => {
    expect(refusal(() => map({ sid }))).toEqual({ field: 'sid', value: String(sid).slice(0, 80) });
  });
});

describe('the address', () => {
  // biome-ignore format: a table
  it.each([
    '10.0.41.101', '192.168.1.1', '172.16.0.1', '8.8.8.8', '2001:db8::1', 'fd00::4', '2001:DB8:0:0:0:0:0:1',
  ])('%s is accepted', (ip) => {
    expect(map({ ip }).ip).toBe(ip);
  });

  it.each(['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1'])(
    '%s is accepted only if loopback is allowed',
    (ip) => {
      expect(map({ ip }, true).ip).toBe(ip);
      expect(refusal(() => map({ ip }))).toEqual({ field: 'ip', value: ip });
    },
  );

  // biome-ignore format: a table
  it.each([
    // Unspecified, link-local, multicast, broadcast and IPv4 embedded in IPv6.
    '0.0.0.0', '0.1.2.3', '169.254.169.254', '224.0.0.1', '239.255.255.255', '255.255.255.255', '::', 'fe80::1',
    'febf::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1',
    // Not an IP literal.
    '', ' ', 'gv101', 'localhost', '10.0.41', '10.0.41.101 ', ' 10.0.41.101', '10.0.41.101\n', '010.0.41.101',
    '0x7f.0.0.1', '2130706433', '127.1', '10.0.41.256', '10.0.41.101:22', '[::1]', 'fe80::1%eth0', '10.0.41.101/8',
    '１０.0.41.101', '10。0。41。101', '-oProxyCommand=id', '$' + '{HPC_SECRET}', '$(id)', '%h', '/tmp/socket', '\x1b[2J',
    'http://10.0.41.101', 'a@10.0.41.101', '10.0.41.101,10.0.41.102', 'x'.repeat(4000),
  ])('%j is rejected even if loopback is allowed', (ip) => {
    expect(refusal(() => map({ ip }, true))).toEqual({ field: 'ip', value: ip.slice(0, 80) });
  });
});

describe('the time of creation', () => {
  it.each([
    ['2023-02-02 11:59:45', 'Asia/Shanghai', '2023-02-02T11:59:45+08:00'],
    ['2023-02-02 11:59:45', 'Europe/Berlin', '2023-02-02T11:59:45+01:00'],
    ['2023-07-02 11:59:45', 'Europe/Berlin', '2023-07-02T11:59:45+02:00'],
    ['2023-02-31 11:59:45', 'Asia/Shanghai', ''],
    ['yesterday', 'Asia/Shanghai', ''],
    ['\x1b]0;x\x07', 'Asia/Shanghai', ''],
    ['', 'Asia/Shanghai', ''],
  ])('%j in %s is %j', (createDate, timeZone, createdAt) => {
    expect(map({ createDate }, false, timeZone).createdAt).toBe(createdAt);
  });
});

describe('a launch URL', () => {
  it.each([
    ['https://desk.example/vnc?token=a%20b#c', 'https://desk.example/vnc?token=a%20b#c'],
    ['HTTPS://Desk.Example', 'https://desk.example/'],
    ['/vnc/page?k=桌面', 'https://hpc.example:65051/vnc/page?k=%E6%A1%8C%E9%9D%A2'],
  ])('%j becomes %j', (text, url) => {
    expect(toLaunchUrl(text, API_URL, false)).toBe(url);
  });

  it('may be plain HTTP only if that is allowed', () => {
    const text = 'http://10.0.41.101:6080/vnc.html?SECRET';
    expect(toLaunchUrl(text, API_URL, true)).toBe(text);
    const error = errorFrom(() => toLaunchUrl(text, API_URL, false));
    expect(error).toMatchObject({
      code: 'usage.plainHttp',
      details: { url: 'http://10.0.41.101:6080' },
    });
  });

  it.each(['http://127.0.0.1:8080/', 'https://localhost/x', 'http://[::1]/'])(
    '%s is accepted only if the platform is on loopback',
    (text) => {
      expect(refusal(() => toLaunchUrl(text, API_URL, true))).toMatchObject({ field: 'launchurl' });
      const here = baseUrlOf('http://127.0.0.1:9999');
      expect(toLaunchUrl(text, here, false)).toBe(text);
    },
  );

  it.each([
    ['javascript:alert(1)', 'javascript:'],
    ['file:///etc/passwd', 'file:'],
    ['ftp://desk.example/?SECRET', 'ftp:'],
    ['\\\\server\\share', '…'],
    ['//evil.example/?SECRET', 'https:'],
    ['/\\evil.example/', '…'],
    ['vnc/page', 'https:'],
    ['https:evil.example', 'https:'],
    ['https://user@desk.example/', 'https:'],
    ['https://user:SECRET@desk.example/', 'https:'],
    ['https://', '…'],
    [' https://desk.example/', '…'],
    ['https://desk.example/\n', '…'],
    ['https://desk.example/\x1b[2J', '…'],
    ['--incognito', 'https:'],
  ])('%j is rejected, and only its scheme is reported', (text, value) => {
    expect(refusal(() => toLaunchUrl(text, API_URL, true))).toEqual({ field: 'launchurl', value });
  });
});
