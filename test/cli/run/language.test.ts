import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCli } from '../../helpers/run-cli.js';

type Language = 'en' | 'zh';

interface Choice {
  readonly option?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-language-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function storeSetting(lang: Language): string {
  const own = mkdtempSync(join(folder, `${lang}-`));
  writeFileSync(join(own, 'settings.json'), JSON.stringify({ lang }), { mode: 0o600 });
  return own;
}

const variable = (name: string) => (lang: Language) => ({ environment: { [name]: lang } });

/** Sources of the language, in order of precedence. The system locale comes last and is English in these tests. */
const ORDER: readonly (readonly [string, (language: Language) => Choice])[] = [
  ['--lang', (lang) => ({ option: `--lang ${lang} ` })],
  ['HPC_DESK_LANG', variable('HPC_DESK_LANG')],
  ['the setting', (lang) => ({ environment: { HPC_DESK_CONFIG_DIR: storeSetting(lang) } })],
  ['LC_ALL', variable('LC_ALL')],
  ['LC_MESSAGES', variable('LC_MESSAGES')],
  ['LANG', variable('LANG')],
];

async function languageOf(...choices: readonly Choice[]): Promise<Language | undefined> {
  const option = choices.map(({ option = '' }) => option).join('');
  const environment = Object.assign({}, ...choices.map(({ environment }) => environment));
  const { stderr } = await runCli(`${option}bogus`, { environment });
  if (stderr.startsWith('错误：')) return 'zh';
  return stderr.startsWith('error:') ? 'en' : undefined;
}

const PAIRS = ORDER.flatMap(([strong, say], rank) =>
  ORDER.slice(rank + 1).map(([weak, sayOther]) => ({ strong, say, weak, sayOther })),
);

it.each(PAIRS)('$strong overrides $weak', async ({ say, sayOther }) => {
  expect(await languageOf(sayOther('en'), say('zh'))).toBe('zh');
  expect(await languageOf(sayOther('zh'), say('en'))).toBe('en');
});

it.each(ORDER)('%s overrides the system locale', async (_, say) => {
  expect(await languageOf(say('zh'))).toBe('zh');
});

it('the system locale is the default', async () => {
  expect(await languageOf()).toBe('en');
});
