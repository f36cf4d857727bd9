import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TOPICS, type TopicName } from '../../../src/cli/help/help-request.js';
import { MAKE_TOPIC } from '../../../src/cli/help/topics.js';
import { parseCommandLine } from '../../../src/cli/parse/program.js';
import { commands } from '../../../src/commands/index.js';
import { EXIT_CODES, FAMILIES } from '../../../src/errors/codes.js';
import { en } from '../../../src/i18n/en/index.js';
import { topics as enTopics } from '../../../src/i18n/en/topics.js';
import { topics as zhTopics } from '../../../src/i18n/zh/topics.js';
import { parseBaseUrl } from '../../../src/model/base-url.js';

import { chooseProxy } from '../../../src/platform/remote/choose-proxy.js';
import { VIEWER_ROWS } from '../../../src/transport/viewer/catalogue.js';
import { runCli } from '../../helpers/run-cli.js';

const make = (name: TopicName, texts = enTopics) => MAKE_TOPIC[name](texts, commands);
const termsOf = (name: TopicName) =>
  make(name).sections.flatMap(({ rows = [] }) => rows.map(([term]) => term));

describe('a topic', () => {
  it.each(TOPICS)('%s is listed in the main help', async (topic) => {
    expect((await runCli('help')).stdout).toContain(`  help ${topic}`);
  });

  it.each(TOPICS.flatMap((topic) => [`help ${topic}`, `help --lang zh ${topic}`]))(
    '%s is printed on stdout',
    async (line) => {
      const { exitCode, stdout, stderr } = await runCli(line);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(stdout).toContain(line.includes('zh') ? '示例：' : 'Examples:');
    },
  );

  it.each([
    'help exit-codes',
    '--lang en help exit-codes',
    'help exit-codes --lang en',
    '-q help exit-codes',
    'help --profile help exit-codes',
  ])('accepts options anywhere: %s', async (line) => {
    expect((await runCli(line)).stdout).toContain(enTopics.exitCodes.title);
  });

  it.each(TOPICS)('%s is printed as JSON with --json', async (topic) => {
    const { stdout } = await runCli(`help ${topic} --json`);
    expect(JSON.parse(stdout)).toMatchObject({
      topic,
      summary: en.help.topics[topic],
      sections: expect.any(Array),
    });
  });

  const examples = TOPICS.flatMap((name) => make(name).examples.map(([line]) => line));
  it.each(examples)('has an example that is accepted: %s', (example) => {
    const [, line = ''] = /hpc-desk ([^<>&|;)"]+)/.exec(example) ?? [];
    const words = line.replace(/ 2$/, '').trim().split(' ');
    const options = {
      messages: en,
      version: '1.2.3',
      columns: 80,
      hasColor: false,
    };
    const invocation = parseCommandLine(commands, words, options);
    if (invocation.kind !== 'run') throw new Error(`runs nothing: ${line}`);
    expect(() => invocation.command.parse?.(invocation.input)).not.toThrow();
  });

  it.each([
    ['help enviroment', 'enviroment', 'environment'],
    ['help lgin', 'lgin', 'login'],
    ['help vnc conect', 'conect', 'connect'],
    ['hlep', 'hlep', 'help'],
  ])('or command with a typo gets a suggestion: %s', async (line, word, suggestion) => {
    const { exitCode, stderr } = await runCli(line);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`unknown command “${word}”`);
    expect(stderr).toContain(`did you mean “${suggestion}”?`);
  });

  it('rejects a second argument', async () => {
    const { exitCode, stderr } = await runCli('help proxy more');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('unexpected argument “more”')]);
  });
});

it('help pages are imported lazily', () => {
  const folder = join(import.meta.dirname, '../../../src/cli');
  const lazy = ['show-help', 'topics'];
  const loads = new RegExp(`^import (?!type ).*/(${lazy.join('|')})\\.js'`, 'gm');
  const eager = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !lazy.includes(basename(file, '.ts')))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').match(loads) ?? []);
  expect(eager).toEqual([]);
});

describe('the topic environment', () => {
  const src = join(import.meta.dirname, '../../../src');
  const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/^(i18n\/(en|zh)|web)\//.test(file))
    .map((file) => readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''))
    .join('\n');
  const known = Object.values(enTopics.environment.variables).flatMap(Object.keys);
  /** Defined by the bundler, or set by the program for its own background process. */
  const CONSTANTS = ['HPC_DESK_VERSION', 'HPC_DESK_PAGE_FOLDER', 'HPC_DESK_TUNNEL'];
  /** Read by Node.js itself, or under names built at run time. */
  const READ_ELSEWHERE: readonly string[] = ['NODE_EXTRA_CA_CERTS', 'HTTPS_PROXY', 'HTTP_PROXY'];

  it('lists every HPC_DESK_ variable in the code', () => {
    const named = new Set(code.match(/\bHPC_DESK_[A-Z][A-Z_]*[A-Z]\b/g));
    expect([...named].filter((name) => !known.includes(name) && !CONSTANTS.includes(name))).toEqual(
      [],
    );
  });

  it('lists no variable that the code does not read', () => {
    const names = known.filter((name) => !READ_ELSEWHERE.includes(name));
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
  });

  it('prints every listed variable', () => {
    expect(termsOf('environment').toSorted()).toEqual(known.toSorted());
  });

  it.each(['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'])(
    'lists %s, which selects a proxy',
    (name) => {
      const url = parseBaseUrl('https://api.example');
      if (url === undefined) throw new Error('no URL');
      expect(chooseProxy(url, { [name]: 'socks5://127.0.0.1:9' })?.kind).toBe('socks');
      expect(chooseProxy(url, { [name]: 'http://h:9', NO_PROXY: '.example' })).toBeUndefined();
    },
  );
});

it('the topic exit-codes lists every exit code and every error code', () => {
  const [, codes, families] = make('exit-codes').sections;
  expect(codes?.rows?.map(([code]) => Number(code))).toEqual([
    0,
    ...Object.values(EXIT_CODES),
    129,
    130,
    143,
  ]);
  const listed = (families?.rows ?? []).flatMap(([, text]) => text.split(', '));
  expect(listed.toSorted()).toEqual(Object.keys(FAMILIES).toSorted());
});

it('the topic output lists exactly the commands with fields', () => {
  const terms = termsOf('output');
  for (const { path, output } of commands) {
    expect(terms.includes(path.join(' '))).toBe(output.fields.length > 0);
  }
});

it('the topic vnc-viewers lists every viewer in catalogue order', () => {
  const ids = VIEWER_ROWS.map(({ id }) => id);
  expect(termsOf('vnc-viewers').slice(0, ids.length)).toEqual(ids);
});

it.each(TOPICS)('%s has the same terms in both languages', (topic) => {
  const shape = (texts: typeof enTopics) =>
    make(topic, texts).sections.map(({ rows = [], paragraphs = [] }) => [
      paragraphs.length,
      ...rows.map(([term]) => term),
    ]);
  expect(shape(zhTopics)).toEqual(shape(enTopics));
});
