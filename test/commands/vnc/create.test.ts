import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SESSION_FIELDS } from '../../../src/model/session.js';
import { openTestDesk } from '../test-desk.js';

const desk = openTestDesk();
const { json } = desk;
beforeAll(() => desk.logIn());
afterEach(() => desk.run('vnc delete --yes'));

describe('vnc create', () => {
  it('creates a session, and returns the same one when repeated', async () => {
    const first = await json('vnc create');
    const second = await json('vnc create');
    expect([first.created, second.created]).toEqual([true, false]);
    expect(second).toEqual({ ...first, created: false });
  });

  it('prints every documented key, with numbers as JSON numbers', async () => {
    const session = await json('vnc create');
    expect(Object.keys(session)).toEqual([...SESSION_FIELDS, 'created']);
    expect(session).toMatchObject({
      ip: '127.0.0.1',
      widthPx: 1280,
      heightPx: 800,
      user: 'test_1215',
    });
    expect(session.port).toBe(5900 + session.display);
    expect(session.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
    expect(session.sweepAt).toMatch(/T01:00:00\+08:00$/);
  });

  it('sends the token in a header, no query string and an empty body', async () => {
    await json('vnc create');
    const request = desk.requests.findLast(({ method }) => method === 'PUT');
    expect(request).toMatchObject({ path: '/hpc/openapi/v2/desktop/vnc', bodyBytes: 0 });
    expect(request?.headerNames).toContain('token');
    expect(request?.headerNames).not.toContain('authorization');
    expect(request?.headerNames).not.toContain('cookie');
  });

  it.each([
    ['', ['GET', 'PUT']],
    ['--json', ['GET', 'PUT']],
    ['-o env --fields created', ['GET', 'PUT']],
    ['--field created', ['GET', 'PUT']],
    ['--field port', ['PUT']],
    ['-o name', ['PUT']],
    ['--json --fields ip,port', ['PUT']],
  ])('%s lists sessions first only if the field “created” is printed', async (options, methods) => {
    const before = desk.requests.length;
    const { exitCode } = await desk.run(`vnc create ${options}`.trim());
    expect(exitCode).toBe(0);
    expect(desk.requests.slice(before).map(({ method }) => method)).toEqual(methods);
  });

  it('prints a single value with --field', async () => {
    const { stdout, stderr } = await desk.run('vnc create --field port');
    expect(stdout).toMatch(/^\d+\n$/);
    expect(stderr).toMatch(/^Creating or finding the session at http:\/\/127\.0\.0\.1:\d+\n/);
  });

  it('reports the result and the next command on a terminal', async () => {
    const created = await desk.run('vnc create', {
      isTerminal: true,
      environment: { NO_COLOR: '1' },
    });
    expect(created.stdout).toMatch(/^Session created\.\nNAME {8}gv101:\d+\n/);
    expect(created.stderr).toMatch(/next: hpc-desk vnc connect\n/);
    const found = await desk.run('vnc create', { isTerminal: true, columns: 0 });
    expect(found.stdout).toContain('The session already exists.');
  });

  it('prints Chinese with --lang zh', async () => {
    const { stdout, stderr } = await desk.run('--lang zh vnc create -o table');
    expect(stdout).toMatch(/^会话已创建。\n名称/);
    expect(stderr).toMatch(/^正在 .* 创建或查找会话\n/);
  });
});

describe('platform error codes', () => {
  it.each([
    ['10001', 'platform.fault', 5, 'internal_error'],
    ['10003', 'platform.refused', 5, 'param_incomplete'],
    ['10004', 'platform.refused', 5, '参数无效'],
    ['10008', 'platform.refused', 5, '权限不足'],
    ['10009', 'platform.refused', 5, '不支持的版本'],
    ['10010', 'platform.refused', 5, '角色映射错误'],
    ['10011', 'platform.rateLimited', 10, '调用频次过高'],
    ['10012', 'platform.refused', 5, '内容大小超限'],
    ['815201', 'platform.busy', 10, 'VNC会话创建失败'],
    ['815008', 'platform.fault', 5, '桌面服务异常'],
    ['815010', 'platform.refused', 5, '桌面会话不存在'],
    ['999999', 'platform.refused', 5, '未知异常'],
  ])(
    '%s gives %s, exit code %i and the platform’s message',
    async (code, ours, exitCode, words) => {
      desk.sandbox.faults.add({ endpoint: 'createSession', code, times: 3 });
      const result = await desk.run('vnc create --json');
      for (let left = 0; left < 3; left++) desk.sandbox.faults.take('createSession');
      expect([result.exitCode, result.stdout]).toEqual([exitCode, '']);
      const { error } = JSON.parse(result.stderr);
      expect(error).toMatchObject({ code: ours, exitCode, platform: { code } });
      expect(error.platform.msg).toContain(words);
    },
  );

  it('are printed as one error line, the platform’s message and a hint', async () => {
    desk.sandbox.faults.add({ endpoint: 'createSession', code: '10010' });
    const { stderr } = await desk.run('vnc create -q');
    expect(stderr).toBe(
      'error: the platform refused the request (code 10010)\n' +
        '       platform message: 角色映射错误 (code 10010)\n' +
        'hint:  hpc-desk whoami\n',
    );
  });

  it('are printed without the control characters of the platform’s message', async () => {
    const msg = '\x1b[2J\x1b]0;x\x07\u202e\n';
    for (const flags of ['', '--json', '--debug']) {
      desk.sandbox.faults.add({ endpoint: 'createSession', code: '10004', msg });
      const { stderr } = await desk.run(`vnc create ${flags}`);
      expect(stderr).not.toMatch(/[\x1b\x07\u202e]/);
    }
  });
});
