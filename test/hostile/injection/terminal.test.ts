import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WIRE_SESSION } from '../../commands/session-wire.js';
import { IS_DEEP } from '../../helpers/deep.js';
import { makeToken } from '../../helpers/make-token.js';
import { type CliOptions, runCli } from '../../helpers/run-cli.js';
import { findForbidden, withoutColours } from './forbidden.js';
import { quoted } from './judge.js';
import { openScreen, type Screen, withoutBlanks } from './screen.js';
import { TERMINAL_FAMILIES, TERMINAL_STRINGS } from './terminal-strings.js';

vi.setConfig({ testTimeout: 900_000 });

/** The next response of the platform: its code, and the texts of its sessions. */
let code = '0';
let texts: readonly string[] = [];
let server: Server;
let screen: Screen;

beforeAll(async () => {
  screen = openScreen();
  server = createServer((request, response) => {
    const body = { code, msg: texts[0], data: dataFor(request.url ?? '', request.method ?? '') };
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  screen?.close();
  await new Promise((resolve) => server?.close(resolve));
});

/** A session whose texts are all hostile. */
function hostileSession(text: string) {
  const fields = ['id', 'hostname', 'name', 'user', 'jobs', 'createDate'];
  const hostile = Object.fromEntries(fields.map((field) => [field, text]));
  return { ...WIRE_SESSION, ...hostile, sessionId: text || 'x' };
}

function dataFor(url: string, method: string): unknown {
  if (url.endsWith('/launchurl')) return 'https://127.0.0.1/launch';
  const sessions = texts.map(hostileSession);
  return method === 'GET' ? sessions : sessions[0];
}

interface Run {
  readonly words: readonly string[];
  /** The code of the platform's responses; default 0. */
  readonly code?: string;
  readonly isTerminal?: CliOptions['isTerminal'];
}

const RUNS: readonly Run[] = [
  { words: ['vnc', 'list'], isTerminal: ['stdout'] },
  { words: ['vnc', 'show'], isTerminal: ['stdout'] },
  { words: ['vnc', 'create'], isTerminal: ['stdout'] },
  { words: ['vnc', 'delete', '--yes'], isTerminal: ['stdout'] },
  { words: ['vnc', 'open', '--no-open', '--debug'] },
  { words: ['vnc', 'connect', '--print', '--no-create', '--viewer', 'none'] },
  { words: ['vnc', 'show', '--json'], isTerminal: ['stdout'] },
  { words: ['vnc', 'list', '-o', 'tsv'] },
  { words: ['vnc', 'show', '-o', 'env'] },
  { words: ['whoami'], isTerminal: ['stdout'] },
  { words: ['vnc', 'list'], code: '10010', isTerminal: ['stdout'] },
  { words: ['vnc', 'create', '--debug'], code: '10004' },
  { words: ['vnc', 'list', '--json'], code: '10004' },
  { words: ['vnc', 'show', 'nothing'], isTerminal: ['stdout'] },
];

describe.each(Object.entries(TERMINAL_FAMILIES))(
  'a terminal that displays %s',
  (_family, family) => {
    it('only displays each string, in results and in errors', async () => {
      const failures: string[] = [];
      for (const [index, text] of family.entries()) {
        // Each text is printed by one of the commands, or by all of them in a deep run.
        const chosen = RUNS.filter((_run, place) => IS_DEEP || index % RUNS.length === place);
        for (const run of chosen) failures.push(...(await judge(run, [text])));
      }
      expect(failures).toEqual([]);
    });

    it.each([[['vnc', 'list']], [['vnc', 'list', '--json']]])(
      'only displays all strings at once: %j',
      async (words) => {
        expect(await judge({ words, isTerminal: ['stdout'] }, family)).toEqual([]);
      },
    );
  },
);

async function judge(run: Run, hostile: readonly string[]): Promise<readonly string[]> {
  code = run.code ?? '0';
  texts = hostile;
  const [first = ''] = hostile;
  const { port } = server.address() as AddressInfo;
  const claims = { user: first, computeUser: first, clusterId: first };
  const { exitCode, stdout, stderr } = await runCli(run.words, {
    environment: {
      FORCE_COLOR: '1',
      HPC_DESK_API_URL: `http://127.0.0.1:${port}`,
      HPC_DESK_TOKEN: makeToken(claims),
    },
    isTerminal: run.isTerminal ?? false,
  });
  const output = stdout + stderr;
  const { effects, lines } = await screen.show(output);
  const plain = withoutColours(output).replaceAll('\t', ' ');
  const expected = plain.replace(/\n$/, '').split('\n').map(withoutBlanks);
  const what = `${run.words.join(' ')} ${quoted(hostile.join(' '))}`;
  const found = findForbidden(plain);
  return [
    ...(exitCode === 1 ? [`${what}: a bug: ${stderr}`] : []),
    ...(found === undefined ? [] : [`${what}: ${found}`]),
    ...effects.map((effect) => `${what}: ${effect}`),
    ...(lines.join('\n') === expected.join('\n') ? [] : [`${what}: another text on the screen`]),
  ];
}

it('unescaped text is detected by its effects or on the screen', async () => {
  const unseen: string[] = [];
  const { bidi, zeroWidth, selectors, heaps, ...driving } = TERMINAL_FAMILIES;
  const isDriving = (hostile: string) => /[\x00-\x08\x0a-\x1f\x7f-\x9f]/.test(hostile);
  for (const hostile of Object.values(driving).flat().filter(isDriving)) {
    const { effects, lines } = await screen.show(hostile);
    const isAsItWas = lines.length === 1 && lines[0] === withoutBlanks(hostile);
    if (effects.length === 0 && isAsItWas) unseen.push(hostile);
  }
  expect([bidi, zeroWidth, selectors, heaps].every((family) => family !== undefined)).toBe(true);
  expect(unseen).toEqual([]);
  expect(TERMINAL_STRINGS.length).toBeGreaterThanOrEqual(250);
});
