import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findA11yViolations } from '../helpers/find-a11y-violations.js';
import { usePageBench } from '../helpers/page-bench.js';
import { describeWith, findReal } from '../helpers/real-components.js';

const PASSWORD = 'gr4phics';

describeWith(['Xvnc', 'chromium', 'vncpasswd', 'xsetroot'], 'a desktop with a password', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-password-'));
    const { stdout } = spawnSync(findReal('vncpasswd') ?? '', ['-f'], { input: PASSWORD });
    writeFileSync(join(folder, 'passwd'), stdout, { mode: 0o600 });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const bench = usePageBench({
    xvncOptions: () => ['-SecurityTypes', 'VncAuth', '-PasswordFile', join(folder, 'passwd')],
  });

  test('prompts for the password and does not store it', async () => {
    const page = await bench.visit(await bench.serve());
    await bench.reach(page, 'password');
    expect(await findA11yViolations(page)).toEqual([]);
    await page.fill('#password', PASSWORD);
    await page.click('#password-submit');
    await bench.reach(page, 'connected');
    const kept = await page.evaluate(
      'JSON.stringify([location.href, { ...sessionStorage }, { ...localStorage }, document.cookie])',
    );
    expect(kept).not.toContain(PASSWORD);
    expect(await page.inputValue('#password')).toBe('');
  });

  test('reports a wrong password and accepts the next one', async () => {
    const page = await bench.visit(await bench.serve());
    await bench.reach(page, 'password');
    await page.fill('#password', 'wrong');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#message:has-text("Wrong password")');
    await page.fill('#password', PASSWORD);
    await page.keyboard.press('Enter');
    await bench.reach(page, 'connected');
  });

  test('connects without a prompt if the program has the password', async () => {
    const page = await bench.visit(await bench.serve({ password: PASSWORD }));
    await bench.reach(page, 'connected');
  });

  test('prompts if the password that the program has is wrong', async () => {
    const page = await bench.visit(await bench.serve({ password: 'stale' }));
    await page.waitForSelector('#message:has-text("Wrong password")');
    await bench.reach(page, 'password');
    const kept = await page.evaluate('JSON.stringify([location.href, { ...sessionStorage }])');
    expect(kept).not.toContain('stale');
  });
});
