import { describe, expect, it } from 'vitest';
import { openAccountDesk } from './open-account-desk.js';

const HOUR_MS = 3_600_000;
const WARNING = 'Your token expires in 20 min and cannot be renewed; run: hpc-desk login';

describe('a token that ends soon', () => {
  it.each([
    ['vnc list', ''],
    ['vnc create', ''],
    ['vnc create --wait', ''],
    ['vnc list --lang zh', '您的令牌将在 20 分钟后过期'],
  ])('and cannot be renewed is worth a word in %s', async (line, words) => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    desk.clock.advance(24 * HOUR_MS - HOUR_MS / 3);
    const { exitCode, stderr } = await desk.run(line);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(words || WARNING);
  });

  it.each([
    ['in a run for programs', 'token', '', 'vnc list --json', HOUR_MS / 3],
    ['in a quiet run', 'token', '', 'vnc list -q', HOUR_MS / 3],
    ['an hour before', 'token', '', 'vnc list', HOUR_MS],
    ['where it will be renewed', 'key', '', 'vnc list', HOUR_MS / 3],
    ['where a key is remembered', 'key', '--remember', 'vnc list', HOUR_MS / 3],
  ] as const)('is worth none %s', async (_, by, extra, line, leftMs) => {
    const desk = await openAccountDesk();
    await desk.logIn(by, extra);
    desk.clock.advance(24 * HOUR_MS - leftMs);
    const { exitCode, stderr } = await desk.run(line);
    expect(exitCode).toBe(0);
    expect(stderr).not.toMatch(/token/);
  });
});
