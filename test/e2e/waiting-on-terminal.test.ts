import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { type DeskHome, logIn, openDeskHome } from '../helpers/open-desk-home.js';
import { openTerminal } from '../helpers/open-terminal.js';
import { describeWith } from '../helpers/real-components.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';

let user: DeskHome;
let sandbox: Sandbox;

beforeEach(async () => {
  user = await openDeskHome();
  sandbox = await startTestSandbox();
  await logIn(user, sandbox.description);
});
afterEach(async () => {
  await user.close();
  await sandbox.close();
});

describeWith('tmux', 'waiting on a terminal', () => {
  test('counts down in one line, and Ctrl-C reports that no session was created', async () => {
    sandbox.faults.add({ endpoint: 'createSession', code: '815201', times: 1_000 });
    const terminal = await openTerminal(user, ['vnc', 'create', '--wait=1h']);
    await terminal.see(/All nodes are busy; attempt 2 in \d s/);
    await terminal.see(/All nodes are busy; attempt [23] in \d+ s/);
    expect((await terminal.screen()).match(/All nodes are busy/g)).toHaveLength(1);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
    await terminal.see(/Stopped waiting; no session was created\./);
    expect(await terminal.screen()).not.toMatch(/All nodes are busy|error/);
    expect(await terminal.hasCursor()).toBe(true);
  });

  test('prints the session once a node is free', async () => {
    sandbox.faults.add({ endpoint: 'createSession', code: '815201' });
    const terminal = await openTerminal(user, ['vnc', 'create', '--wait']);
    await terminal.see(/All nodes are busy; attempt 2/);
    expect(await terminal.exitCode()).toBe(0);
    await terminal.see(/gv101/);
  });

  test('--wait=4s waits 4 s and exits with 10', async () => {
    sandbox.faults.add({ endpoint: 'createSession', code: '815201', times: 1_000 });
    const started = performance.now();
    const terminal = await openTerminal(user, ['vnc', 'create', '--wait=4s']);
    await terminal.see(/All nodes are busy; attempt 2 in/);
    expect(await terminal.exitCode()).toBe(10);
    expect(performance.now() - started).toBeGreaterThanOrEqual(4_000);
    await terminal.see(/no session was created/);
  });

  test('vnc show --watch runs until Ctrl-C', async () => {
    await user.json(['vnc', 'create']);
    const terminal = await openTerminal(user, ['vnc', 'show', '--watch']);
    await terminal.see(/Watching gv101:\d+ for changes; press Ctrl-C to stop\./);
    await terminal.press('C-c');
    expect(await terminal.exitCode()).toBe(130);
    expect(await terminal.screen()).not.toMatch(/error/);
  });
});
