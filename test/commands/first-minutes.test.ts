import { beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk } from './test-desk.js';

/** What every newcomer sees on a terminal of 80 columns. */
const desk = openTestDesk();
beforeAll(async () => {
  await desk.logIn();
  await desk.run('vnc create');
});

const AT_TERMINAL = { isTerminal: true, environment: { NO_COLOR: '1', TERM: 'xterm' } } as const;
const show = async (line: string, columns = 80) =>
  (await desk.run(line, { ...AT_TERMINAL, columns })).stdout.trimEnd().split('\n');

describe.each(['en', 'zh'])('in %s', (lang) => {
  it.each(['vnc list', 'clusters', 'config list'])('%s is a table at 80 columns', async (line) => {
    const [heading = '', ...rows] = await show(`${line} --lang ${lang}`);
    expect(heading.split(/ {2,}/).length).toBeGreaterThanOrEqual(3);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows).not.toContain('');
  });

  it('vnc list is a block of fields where it is too narrow', async () => {
    expect(await show(`vnc list --lang ${lang}`, 80)).toHaveLength(2);
    expect((await show(`vnc list --lang ${lang}`, 40)).length).toBeGreaterThan(4);
  });

  it.each(['whoami', 'vnc show', 'doctor'])(
    '%s shows every time in the zone of the platform',
    async (line) => {
      const text = (await show(`${line} --lang ${lang}`, 200)).join('\n');
      expect(text).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+08:00/);
      expect(text).not.toMatch(/\d\dT\d\d|\d ?Z\b/);
    },
  );

  it('follows the zone that is set', async () => {
    await desk.run('config set timeZone UTC');
    const text = (await show(`whoami --lang ${lang}`)).join('\n');
    await desk.run('config unset timeZone');
    expect(text).toMatch(/:\d\d \+00:00/);
  });
});

it.each(['--lang en', '--timeout 30s', '--profile default'])(
  'doctor does not take %s for a setting',
  async (option) => {
    const { stdout } = await desk.run(`doctor --json ${option}`);
    const checks: readonly { name: string; details: { set?: unknown } }[] =
      JSON.parse(stdout).checks;
    expect(checks.find(({ name }) => name === 'settings')?.details.set).toEqual([]);
  },
);

it('vnc show --watch says that it watches, and how to stop', async () => {
  const running = desk.start('vnc show --watch', {
    ...AT_TERMINAL,
    async sleep(_, signal) {
      running.send('SIGINT');
      signal?.throwIfAborted();
    },
  });
  const { exitCode, stderr } = await running.ended;
  expect(exitCode).toBe(130);
  expect(stderr).toMatch(/Watching gv101:\d+ for changes; press Ctrl-C to stop\./);
});
