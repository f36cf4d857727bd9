import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AccountDesk, openAccountDesk } from './open-account-desk.js';

/** Records all output: stdout, stderr, and the files in the folder except credentials.json. */
function recordOutput(desk: AccountDesk) {
  const said: string[] = [];
  return {
    async run(line: string, stdin = '', environment: Record<string, string> = {}) {
      for (const flags of ['--debug', '--json', '--json --debug', '--lang zh -q']) {
        const { stdout, stderr } = await desk.run(`${line} ${flags}`, { stdin, environment });
        said.push(stdout, stderr);
      }
    },
    text() {
      const files = readdirSync(desk.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'credentials.json')
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
      return [...said, ...files].join('\n');
    },
  };
}

const storeOf = (desk: AccountDesk) => readFileSync(join(desk.folder, 'credentials.json'), 'utf8');

describe('no secret is printed', () => {
  it.each([
    ['that succeeds', undefined],
    ['that is rejected', { code: '10009', msg: '校验失败' }],
    ['whose secret the platform echoes', { code: '10001', msg: 'ECHO' }],
  ])('by a login %s', async (_, fault) => {
    const desk = await openAccountDesk();
    const { description } = desk;
    const { secretKey, password, orgId, accessKey, platformUrl, authUrl } = description;
    const urls = `--platform-url ${platformUrl} --auth-url ${authUrl}`;
    const notebook = recordOutput(desk);
    for (const endpoint of ['loginWithKeys', 'loginWithPassword'] as const) {
      if (fault === undefined) continue;
      const msg = fault.msg === 'ECHO' ? `bad: ${secretKey} ${password}` : fault.msg;
      desk.faults.add({ endpoint, code: fault.code, msg, times: 4 });
    }
    const byKey = `login ${urls} --user test --access-key ${accessKey} --secret-key-stdin`;
    const byPassword = `login ${urls} --user test --org-id ${orgId} --password-stdin`;
    // In the platform’s message, only the secret of the current login is known and can be masked.
    await notebook.run(byKey, secretKey);
    expect(notebook.text()).not.toContain(secretKey);
    const other = recordOutput(desk);
    await other.run(byPassword, password);
    expect(other.text().replaceAll(secretKey, '')).not.toContain(password);
  });

  it('by a command that uses a valid, renewed, expired or rejected token', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('key', '--remember');
    const notebook = recordOutput(desk);
    const tokens = [desk.stored().token];
    const msg = `no such token: ${desk.stored().token}`;
    await notebook.run('whoami');
    await notebook.run('clusters');
    await notebook.run('vnc list');
    desk.faults.add({ endpoint: 'listSessions', code: '10004', msg, times: 4 });
    await notebook.run('vnc list');
    desk.clock.advance(25 * 3_600_000);
    await notebook.run('vnc list');
    tokens.push(desk.stored().token);
    desk.clock.advance(100 * 3_600_000);
    await notebook.run('vnc list');
    tokens.push(desk.stored().token);
    await notebook.run('vnc list --api-url http://127.0.0.1:9');
    await desk.endSandbox();
    await notebook.run('vnc list');
    expect(new Set(tokens).size).toBe(3);
    for (const secret of [...tokens, desk.description.secretKey]) {
      expect(notebook.text()).not.toContain(secret);
    }
  });

  it('from HPC_DESK_TOKEN', async () => {
    const desk = await openAccountDesk();
    const notebook = recordOutput(desk);
    const { token, apiUrl, platformUrl } = desk.description;
    const environment = {
      HPC_DESK_TOKEN: token,
      HPC_DESK_API_URL: apiUrl,
      HPC_DESK_PLATFORM_URL: platformUrl,
    };
    for (const line of ['whoami --verify', 'vnc list', 'vnc show', 'login']) {
      await notebook.run(line, '', environment);
    }
    expect(notebook.text()).not.toContain(token);
  });
});

describe('the credentials file', () => {
  it.each(['key', 'password'] as const)('contains only tokens after a login by %s', async (by) => {
    const desk = await openAccountDesk();
    await desk.logIn(by);
    const { secretKey, accessKey, password, orgId } = desk.description;
    for (const secret of [secretKey, accessKey, password, orgId]) {
      expect(storeOf(desk)).not.toContain(secret);
    }
  });

  it('contains the secret key with --remember, until the next login without it or logout', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('key', '--remember');
    expect(storeOf(desk)).toContain(desk.description.secretKey);
    await desk.logIn('key');
    expect(storeOf(desk)).not.toContain(desk.description.secretKey);
    await desk.logIn('key', '--remember');
    await desk.run('logout');
    expect(storeOf(desk)).not.toContain(desk.description.secretKey);
  });

  it('never contains a password', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('password');
    expect(storeOf(desk)).not.toContain(desk.description.password);
  });
});
