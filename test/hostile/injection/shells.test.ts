import { afterEach, beforeEach, expect, it } from 'vitest';
import { formatResult } from '../../../src/cli/output/format.js';
import { show } from '../../../src/commands/vnc/show.js';
import { whoami } from '../../../src/commands/whoami.js';
import { isDeskError } from '../../../src/errors/desk-error.js';
import { en } from '../../../src/i18n/en/index.js';
import { writeText } from '../../../src/i18n/messages.js';
import { zh } from '../../../src/i18n/zh/index.js';
import { quotePosix } from '../../../src/model/quote.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';
import { describeWith } from '../../helpers/real-components.js';
import { ARGUMENT_STRINGS } from './argument-strings.js';
import { type CanaryCage, openCanaryCage } from './canary.js';
import { receiveRefusal } from './receive.js';
import { TERMINAL_STRINGS } from './terminal-strings.js';

const STRINGS = [...ARGUMENT_STRINGS, ...TERMINAL_STRINGS];
const SESSION_TEXTS = ['sessionId', 'id', 'name', 'hostname', 'user', 'job', 'createdAt'] as const;
const LOGIN_TEXTS = ['user', 'clusterUser', 'cluster.id', 'cluster.name', 'accountStatus'] as const;

let cage: CanaryCage;

beforeEach(() => {
  cage = openCanaryCage();
});

afterEach(() => cage.close());

describeWith(['dash', 'bash', 'zsh'], 'platform text in a shell', () => {
  it('of every field survives eval of `-o env` in dash unchanged', () => {
    const script = STRINGS.flatMap((text) => [
      environmentOf(show, sessionOf(text), SESSION_TEXTS),
      printed(['SESSION_ID', 'ID', 'NAME', 'HOSTNAME', 'USER', 'JOB', 'CREATED_AT']),
      environmentOf(whoami, loginOf(text), LOGIN_TEXTS),
      printed(['USER', 'CLUSTER_USER', 'CLUSTER_ID', 'CLUSTER_NAME', 'ACCOUNT_STATUS']),
    ]);
    const expected = STRINGS.map(fieldOf).flatMap((text) =>
      [...SESSION_TEXTS, ...LOGIN_TEXTS].map(() => text),
    );
    expect(cage.evaluate('dash', script.join('\n'))).toEqual(expected);
    expect(cage.traces()).toEqual([]);
  });

  it.each(['bash', 'zsh'])('of a name survives eval of `-o env` in %s unchanged', (shell) => {
    const script = STRINGS.flatMap((text) => [
      environmentOf(show, sessionOf(text), ['name']),
      printed(['NAME']),
    ]);
    expect(cage.evaluate(shell, script.join('\n'))).toEqual(STRINGS.map(fieldOf));
    expect(cage.traces()).toEqual([]);
  });

  it.each(['dash', 'bash', 'zsh'])('is a single word of a line pasted into %s', (shell) => {
    // A program argument cannot contain a NUL or, as UTF-8, a lone surrogate.
    const words = STRINGS.filter((text) => !text.includes('\0') && text.isWellFormed());
    const script = words.map((word) => `printf '%s\\0' ${quotePosix(word)}`).join('\n');
    expect(cage.evaluate(shell, script)).toEqual(words);
    expect(cage.traces()).toEqual([]);
  });

  it.each(Object.entries({ en, zh }))(
    'as the target of a redirect is a single word of the command suggested in %s',
    (_language, messages) => {
      const targets = [...new Set(REDIRECTS.flatMap(targetOf))];
      const lines = targets.map((target) => {
        const details = { origin: 'https://x.example', status: 302, target };
        const { hint } = writeText({ code: 'network.redirect', details }, messages);
        return hint?.replace(/^.*?(?=hpc-desk )/, '');
      });
      expect(targets.length).toBeGreaterThan(200);
      const program = `hpc-desk() { printf '%s\\0' "$*"; }`;
      expect(cage.evaluate('bash', [program, ...lines].join('\n'))).toEqual(
        targets.map((target) => `login --api-url ${target}`),
      );
      expect(cage.traces()).toEqual([]);
    },
  );

  it.each(['dash', 'bash', 'zsh'])('is detected if %s runs it', (shell) => {
    cage.evaluate(shell, `a='';canary caught;b=''`);
    expect(cage.traces()).toEqual(['canary-ran']);
  });
});

/** Every text as a Location, and as the host of one. */
const REDIRECTS = STRINGS.flatMap((text) => [
  text,
  `http://${text}`,
  `https://${text}.example/`,
  `//a${text}/`,
]);

function targetOf(location: string): readonly string[] {
  const error = receiveRefusal('location', location);
  if (!isDeskError(error, 'network.redirect')) throw new Error(`no redirect: ${error?.code}`);
  const { target } = error.details;
  return /^https?:/.test(target) ? [target] : [];
}

function sessionOf(text: string) {
  const texts = SESSION_TEXTS.map((field) => [field, text] as const);
  return { ...EXAMPLE_SESSION, ...Object.fromEntries(texts) };
}

function loginOf(text: string) {
  return { user: text, clusterUser: text, accountStatus: text, cluster: { id: text, name: text } };
}

function environmentOf(
  command: Parameters<typeof formatResult>[0],
  result: unknown,
  fields: readonly string[],
): string {
  return formatResult(command, result, { format: 'env', fields, field: undefined }, false);
}

/** What `--field` prints for a text, which the variable must equal. */
function fieldOf(text: string): string {
  const request = { format: 'tsv', fields: undefined, field: 'name' } as const;
  return formatResult(show as Parameters<typeof formatResult>[0], { name: text }, request, false);
}

function printed(names: readonly string[]): string {
  return names.map((name) => `printf '%s\\0' "$HPC_DESK_${name}"`).join('\n');
}
