import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeToken } from '../helpers/make-token.js';
import { reply, type Step } from '../helpers/scripted-server.js';
import { HOSTILE_WORDS } from './hostile-words.js';
import { sessionsReply, writeLogins } from './live-home.js';
import { type Asked, NOW, openFinder } from './open-finder.js';

const ONE = sessionsReply([{ sessionId: 'gv101--me--SIG--4' }]);
const ONE_LINE = 'gv101--me--SIG--4\tgv101:4, 1920x1080, 2026-11-24 10:32\n';
const finder = openFinder();
const later = (ms: number) => new Date(NOW.getTime() + ms);

describe('sessions', () => {
  it('are requested once and then cached for one minute', async () => {
    const { origin, requests } = await finder.listen(ONE);
    writeLogins(finder.folder, origin);
    expect(await finder.find('sessions')).toBe(ONE_LINE);
    expect(await finder.find('sessions', { now: later(60_000) })).toBe(ONE_LINE);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatch(/^GET /);
  });

  const STALE: readonly (readonly [string, () => Promise<Partial<Asked>> | Partial<Asked>])[] = [
    ['a minute has passed', () => ({ now: later(60_001) })],
    ['the clock was set back', () => ({ now: later(-1) })],
    ['another profile is selected', () => ({ words: 'vnc show --profile other' })],
    ['another profile is selected with =', () => ({ words: '--profile=other vnc show' })],
    [
      'the environment selects another profile',
      () => ({ environment: { HPC_DESK_PROFILE: 'other' } }),
    ],
    [
      'the login has changed',
      () => {
        writeLogins(finder.folder, finder.server?.origin ?? '', {
          default: { user: 'you' },
          other: {},
        });
        return {};
      },
    ],
    [
      'a setting was changed',
      () => {
        writeFileSync(join(finder.folder, 'settings.json'), '{"timeZone":"UTC"}', { mode: 0o600 });
        return {};
      },
    ],
    [
      'the cache is damaged',
      () => {
        writeFileSync(join(finder.folder, 'completions.json'), '{', { mode: 0o600 });
        return {};
      },
    ],
    [
      'the cache can be read by others',
      () => {
        chmodSync(join(finder.folder, 'completions.json'), 0o644);
        return {};
      },
    ],
    [
      'the cache holds something else',
      () => {
        const path = join(finder.folder, 'completions.json');
        const cache = JSON.parse(readFileSync(path, 'utf8'));
        writeFileSync(path, JSON.stringify({ ...cache, candidates: [{ word: 1 }] }));
        return {};
      },
    ],
  ];

  it.each(STALE)('are requested again when %s', async (_, change) => {
    const { origin, requests } = await finder.listen(ONE);
    writeLogins(finder.folder, origin, { default: {}, other: {} });
    await finder.find('sessions');
    expect(await finder.find('sessions', await change())).toBe(ONE_LINE);
    expect(requests).toHaveLength(2);
  });

  it('are cached in a file with mode 0600, and no other file is written', async () => {
    const { origin } = await finder.listen(ONE);
    writeLogins(finder.folder, origin);
    const before = readFileSync(join(finder.folder, 'credentials.json'));
    await finder.find('sessions');
    expect(readdirSync(finder.folder).toSorted()).toEqual(['completions.json', 'credentials.json']);
    expect(statSync(join(finder.folder, 'completions.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(finder.folder, 'credentials.json'))).toEqual(before);
    expect(readFileSync(join(finder.folder, 'completions.json'), 'utf8')).not.toContain(
      makeToken({}).slice(0, 10),
    );
  });

  it('are cached without following a symbolic link', async () => {
    const { origin } = await finder.listen(ONE);
    writeLogins(finder.folder, origin);
    const elsewhere = join(finder.folder, '..', 'elsewhere');
    writeFileSync(elsewhere, 'mine');
    symlinkSync(elsewhere, join(finder.folder, 'completions.json.hpc-desk'));
    expect(await finder.find('sessions')).toBe(ONE_LINE);
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
    expect(readdirSync(finder.folder).toSorted()).toEqual(['completions.json', 'credentials.json']);
  });

  it('are offered even if the cache cannot be written', async () => {
    const { origin } = await finder.listen(ONE);
    writeLogins(finder.folder, origin);
    mkdirSync(join(finder.folder, 'completions.json.hpc-desk'));
    expect(await finder.find('sessions')).toBe(ONE_LINE);
    expect(readdirSync(finder.folder)).not.toContain('completions.json');
  });

  it('are requested with a token from the environment and then not cached', async () => {
    const { origin, requests } = await finder.listen(ONE);
    const environment = { HPC_DESK_TOKEN: makeToken({ user: 'ci' }), HPC_DESK_API_URL: origin };
    expect(await finder.find('sessions', { environment })).toBe(ONE_LINE);
    expect(requests[0]).toContain(environment.HPC_DESK_TOKEN);
    expect(() => readdirSync(finder.folder)).toThrow('ENOENT');
  });

  it('with unsafe IDs are omitted, and descriptions are escaped', async () => {
    const { origin } = await finder.listen(
      sessionsReply([
        ...HOSTILE_WORDS.map((sessionId) => ({ sessionId })),
        {
          sessionId: 'good',
          name: 'a\tb\n$(touch x)\x1b]0;x\x07\u202e',
          width: '',
          createDate: '',
        },
      ]),
    );
    writeLogins(finder.folder, origin);
    const line = 'good\ta\\x09b\\x0a$(touch x)\\x1b]0;x\\x07\\u202e\n';
    expect(await finder.find('sessions')).toBe(line);
    expect(await finder.find('sessions'), 'from the cache').toBe(line);
  });

  const OVER = '2026-11-24T11:00:00.000Z';
  const FAILURES: readonly (readonly [string, object, readonly Step[], number])[] = [
    ['the token has expired', { expiresAt: OVER }, ONE, 0],
    ['the login is damaged', { token: 'a b' }, ONE, 0],
    ['the platform refuses the token', {}, reply('10008'), 1],
    ['the platform is faulty', {}, reply('500'), 1],
    ['the gateway is busy', {}, [{ send: 'HTTP/1.1 503 x\r\ncontent-length: 0\r\n\r\n' }], 1],
    ['the answer is no JSON', {}, [{ send: 'HTTP/1.1 200 x\r\ncontent-length: 1\r\n\r\n<' }], 1],
    ['the connection breaks', {}, [{ close: 'reset' }], 1],
    ['the server does not respond', {}, [], 1],
    ['an address is invalid (0.0.0.0)', {}, sessionsReply([{ sessionId: 'x', ip: '0.0.0.0' }]), 1],
  ];

  it.each(FAILURES)('are not offered when %s', async (_, login, script, asked) => {
    const { origin, requests } = await finder.listen(script);
    writeLogins(finder.folder, origin, { default: login });
    await expect(finder.find('sessions')).rejects.toThrow();
    expect(requests).toHaveLength(asked);
    expect(readdirSync(finder.folder)).toEqual(['credentials.json']);
  });

  it('are empty without a login, or if the folder is accessible to others', async () => {
    const { origin, requests } = await finder.listen(ONE);
    expect(await finder.find('sessions')).toBe('');
    writeLogins(finder.folder, origin);
    expect(await finder.find('sessions', { words: '--profile nobody' })).toBe('');
    chmodSync(finder.folder, 0o755);
    expect(await finder.find('sessions')).toBe('');
    expect(requests).toEqual([]);
  });

  it('are never requested from a URL that the token was not issued for', async () => {
    const { origin, requests } = await finder.listen(ONE);
    writeLogins(finder.folder, 'https://issuer.example');
    await expect(finder.find('sessions', { words: `--api-url ${origin}` })).rejects.toThrow();
    expect(requests).toEqual([]);
  });

  it('are requested only from the first URL of a cluster', async () => {
    const { origin, requests } = await finder.listen(ONE);
    writeLogins(finder.folder, 'http://127.0.0.1:9', { default: { otherApiUrls: [origin] } });
    await expect(finder.find('sessions')).rejects.toThrow();
    expect(requests).toEqual([]);
  });
});
