import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import type { SandboxDescription } from '../../src/sandbox/start-sandbox.js';
import { IS_DEEP } from '../helpers/deep.js';
import { eventually } from '../helpers/eventually.js';
import { type DeskHome, openDeskHome, startSandboxIn } from '../helpers/open-desk-home.js';
import { describeWith } from '../helpers/real-components.js';
import { BIN } from '../helpers/run-bin.js';
import { linesOfPipeline, readBlocks } from './recipes.js';

const BLOCKS = readBlocks('scripts-and-ci.md');
const RECIPES = BLOCKS.filter(({ kind }) => kind === 'sh runnable');
const PIPELINES = BLOCKS.filter(({ kind }) => kind === 'yaml');

/** The only line of a pipeline that a test cannot run: the package is not on npm. */
const NOT_ON_NPM = `npm install --global hpc-desk@${packageJson.version}`;

/** dash always runs each recipe without a login. */
const SHELLS = IS_DEEP ? ['bash', 'dash'] : ['bash'];
const ID = 'gv\\d+--test_1215--SIG--\\d+';
interface Expected {
  readonly stdout: RegExp;
  readonly files?: readonly string[];
  /** Without a login; by default, exit code 4 and empty stdout. */
  readonly loggedOut?: { readonly exitCode?: number; readonly stdout: unknown };
}
/** Expected results, with one entry for each recipe of the page. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  'Get the session ID': { stdout: new RegExp(`^${ID} listens on port \\d+\n$`) },
  'Shell variables': { stdout: /^gv\d+:\d+ is at 127\.0\.0\.1:\d+ until 20\d\d-.*\+08:00\n$/ },
  'Wait until a node is free': { stdout: new RegExp(`^got ${ID}\n$`) },
  'Records without jq': { stdout: /^gv\d+:\d+ -> 127\.0\.0\.1:\d+\n$/ },
  'Error codes': {
    stdout: /^failed: session\.notFound\n$/,
    files: ['error.json', 'session.json'],
    loggedOut: { exitCode: 0, stdout: 'failed: auth.required\n' },
  },
  'A tunnel in the background': {
    stdout: /^the desktop is at 127\.0\.0\.1:\d+\n$/,
    loggedOut: { exitCode: 1, stdout: '' },
  },
  'Delete the session when the script ends': {
    stdout: new RegExp(`^working with ${ID}\n$`),
  },
  'Smoke check with a screenshot': {
    stdout: /^login\tpass.*\n[\s\S]*frame\tpass/,
    loggedOut: { exitCode: 8, stdout: expect.stringMatching(/^login\tfail\tauth.required/) },
    files: ['desktop.png'],
  },
};

let home: DeskHome;
let sandbox: SandboxDescription;
let path: string;
let account: Readonly<Record<string, string>>;

beforeAll(async () => {
  home = await openDeskHome();
  sandbox = (await startSandboxIn(home, 'builtin')).description;
  const programs = join(home.folder, 'programs');
  await mkdir(programs);
  await symlink(BIN, join(programs, 'hpc-desk'));
  path = `${programs}:${process.env.PATH}`;
  account = { HPC_DESK_API_URL: sandbox.apiUrl, HPC_DESK_TOKEN: sandbox.token };
});

afterAll(() => home?.close());

async function runIn(shell: string, script: string, environment: Readonly<Record<string, string>>) {
  const cwd = await mkdtemp(join(home.folder, 'run-'));
  const child = spawn(shell, ['-c', script], {
    cwd,
    env: { ...home.environment, PATH: path, TMPDIR: cwd, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { stdout, stderr, exitCode, files: (await readdir(cwd)).toSorted() };
}

it('EXPECTED has exactly the recipes of the page', () => {
  expect(RECIPES.map(({ heading }) => heading).toSorted()).toEqual(
    Object.keys(EXPECTED).toSorted(),
  );
});

it('the pages in both languages have the same code blocks', () => {
  const withoutHeading = (page: string) =>
    readBlocks(page).map(({ kind, text }) => ({ kind, text }));
  expect(withoutHeading('scripts-and-ci.zh-CN.md')).toEqual(withoutHeading('scripts-and-ci.md'));
});

it('the pipelines use the version of this package', () => {
  const versions = PIPELINES.flatMap(({ text }) => text.match(/hpc-desk@[\w.-]+/g) ?? []);
  expect(versions).toEqual(PIPELINES.map(() => `hpc-desk@${packageJson.version}`));
});

describeWith(['bash', 'dash'], 'recipes', () => {
  beforeEach(async () => {
    await home.json(['vnc', 'create'], { environment: account });
  });

  it.each(RECIPES.flatMap((recipe) => SHELLS.map((shell) => ({ ...recipe, shell }))))(
    '$heading works in $shell and leaves no process running',
    async ({ heading, text, shell }) => {
      const before = home.processes().length;
      const result = await runIn(shell, `set -eu\n${text}`, account);
      expect(result).toMatchObject({ exitCode: 0, files: EXPECTED[heading]?.files ?? [] });
      expect(result.stdout).toMatch(EXPECTED[heading]?.stdout ?? /^never$/);
      await eventually(() => home.processes().length === before);
    },
  );
});

describeWith(['dash'], 'recipes without a login', () => {
  it.each(RECIPES)('$heading does not hide the missing login', async ({ heading, text }) => {
    const { exitCode = 4, stdout = '' } = EXPECTED[heading]?.loggedOut ?? {};
    expect(await runIn('dash', `set -eu\n${text}`, {})).toMatchObject({ exitCode, stdout });
  });
});

describeWith(['bash'], 'pipelines', () => {
  it.each(PIPELINES)('the steps for $heading work in order', async ({ text }) => {
    const steps = linesOfPipeline(text).filter((line) => line !== NOT_ON_NPM);
    expect(steps.length).toBeGreaterThanOrEqual(6);
    const { stdout, stderr, exitCode, files } = await runIn(
      'bash',
      `set -eo pipefail\n${steps.join('\n')}`,
      {
        HPC_DESK_AUTH_URL: sandbox.authUrl,
        HPC_DESK_PLATFORM_URL: sandbox.platformUrl,
        SCNET_USER: sandbox.user,
        SCNET_ACCESS_KEY: sandbox.accessKey,
        SCNET_SECRET_KEY: sandbox.secretKey,
        SCNET_CLUSTER: sandbox.cluster.name,
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_STEP_SUMMARY: 'summary.md',
      },
    );
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).toMatch(/^frame\tpass/m);
    expect(files).toEqual(['desktop.png', 'desktop.xml', 'summary.md']);
  });
});
