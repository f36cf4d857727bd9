import { beforeAll, describe, expect, test, vi } from 'vitest';
import { FAMILIES as ERROR_FAMILIES, EXIT_CODES, type Family } from '../../src/errors/codes.js';
import { sample } from '../helpers/deep.js';
import { type CliResult, runCli } from '../helpers/run-cli.js';
import type { Operation } from './http-call.js';
import { type HttpCase, type Result, resultsOf } from './http-case.js';
import { FAMILIES } from './http-cases.js';
import { openPeer } from './http-peer.js';
import { EXIT_CODES_OF_THE_TABLE, problemsOf } from './http-printed.js';
import { TEXT } from './http-text-cases.js';

vi.setConfig({ maxConcurrency: 12 });

const SHORT_MS = 1_000;
const LONG_MS = 60_000;

/** The command that starts with this operation, and so ends with its result. */
const LINES: Readonly<Partial<Record<Operation, string>>> = {
  list: 'vnc list',
  key: 'login --user test --access-key SENTINEL-AK --secret-key-stdin',
  password: 'login --user test --org-id SENTINEL-ORG --password-stdin',
};
const FORMS = ['', '--json', '--debug', '--lang zh'];

/** Plain http to another host is rejected before any request, so an HTTP_PROXY is never contacted. */
const isAsked = (operation: Operation, { peer }: HttpCase) =>
  LINES[operation] !== undefined && peer !== 'HTTP_PROXY';

/** Cases with control sequences run in every output form, all others in one form each, in turn. */
const formsOf = (row: HttpCase, index: number): readonly string[] =>
  TEXT.includes(row) ? FORMS : FORMS.slice(index % FORMS.length).slice(0, 1);

const ROWS = Object.entries(FAMILIES).map(([family, cases]) => ({
  family,
  rows: sample(
    cases.flatMap((row, index) =>
      resultsOf(row)
        .filter(([operation]) => isAsked(operation, row))
        .map(([operation, results]) => ({
          ...row,
          operation,
          results,
          forms: formsOf(row, index),
        })),
    ),
    2,
  ),
}));

// Modules loaded by the first run must not count towards the time of a case.
beforeAll(async () => {
  await runCli('vnc list', {
    environment: { HPC_DESK_TOKEN: 'x', HPC_DESK_API_URL: 'http://127.0.0.1:9' },
  });
});

describe.each(ROWS)('a command against $family', ({ rows }) => {
  test.concurrent.each(rows)('$title ($peer): $operation', async (row) => {
    const { operation, results } = row;
    const peer = await openPeer(row);
    try {
      const isLate = results.includes('network.timeout');
      const timeoutMs = isLate ? SHORT_MS : LONG_MS;
      const endings = await Promise.all(
        row.forms.map(async (form) => {
          const result = await runCli(
            `${LINES[operation]} ${form} --timeout ${timeoutMs / 1_000}s`,
            {
              stdin: 'SENTINEL-SECRET\n',
              environment: {
                HPC_DESK_TOKEN: 'SENTINEL.TOKEN.1',
                HPC_DESK_API_URL: peer.url,
                HPC_DESK_PLATFORM_URL: peer.url,
                HPC_DESK_AUTH_URL: peer.url,
                ...peer.environment,
              },
            },
          );
          return { form, result };
        }),
      );
      for (const { form, result } of endings) {
        expect(problemsOf(result, form), `${form}: ${JSON.stringify(result)}`).toEqual([]);
        if (operation === 'list') expect(exitCodesOf(results)).toContain(result.exitCode);
      }
    } finally {
      await peer.close();
    }
  });
});

/** A command renews its token after a 403; if that is refused too, the login has expired. */
function exitCodesOf(results: readonly Result[]): readonly number[] {
  return results.map((result) => {
    if (result === 'platform.forbidden') return EXIT_CODES.auth;
    if (result === 'ok') return 0;
    const family: Family = ERROR_FAMILIES[result];
    return EXIT_CODES[family];
  });
}

describe('problemsOf', () => {
  const said = (stderr: string, exitCode = 6): CliResult => ({ exitCode, stdout: '', stderr });
  const GOOD = 'error: x\nhint:  y\n';

  test.each<[string, CliResult, readonly string[]]>([
    ['accepts an error with a hint', said(GOOD), []],
    ['reports the exit code of a bug', said(GOOD, 1), ['exit code 1']],
    ['reports an unknown exit code', said(GOOD, 99), ['exit code 99']],
    ['reports HTML', said('error: <title>Log in</title>\n'), ['a page']],
    ['reports an escape sequence', said('error: \x1b[31m\n'), ['an escape']],
    ['reports a secret', said('error: SENTINEL.TOKEN.1\n'), ['a secret']],
    ['reports an unknown output format', said('Error: oh\n    at x (y)\n'), ['grammar']],
    ['reports stdout after a failure', { ...said(GOOD), stdout: 'x\n' }, ['a result']],
  ])('%s', (_, result, problems) => {
    expect(problemsOf(result, '')).toEqual(problems);
  });

  test('knows every exit code of the program', () => {
    expect(EXIT_CODES_OF_THE_TABLE.size).toBe(Object.keys(EXIT_CODES).length);
  });
});
