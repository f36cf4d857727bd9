import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/errors/codes.js';
import type { RouteName } from '../../src/sandbox/route.js';
import { openTestDesk } from './test-desk.js';

interface Meaning {
  readonly ours: ErrorCode;
  readonly exitCode: number;
  readonly en: string;
  readonly zh: string;
}

const refused = (code: string): Meaning => ({
  ours: 'platform.refused',
  exitCode: 5,
  en: `the platform refused the request (code ${code})`,
  zh: `平台拒绝了请求（代码 ${code}）`,
});
const fault = (code: string): Meaning => ({
  ours: 'platform.fault',
  exitCode: 5,
  en: `the platform reported an internal error (code ${code})`,
  zh: `平台内部错误（代码 ${code}）`,
});
const BUSY: Meaning = {
  ours: 'platform.busy',
  exitCode: 10,
  en: 'all graphics nodes are busy or unreachable; no session was created',
  zh: '所有图形节点都繁忙或无法连接，未创建会话',
};
const TOO_OFTEN: Meaning = {
  ours: 'platform.rateLimited',
  exitCode: 10,
  en: 'too many requests to the platform',
  zh: '对平台的请求过于频繁',
};

/** The error codes of the desktop API pages, with the platform’s messages. */
const CODES: readonly (readonly [code: string, msg: string, Meaning])[] = [
  ['10001', 'internal_error', fault('10001')],
  ['10003', 'param_incomplete', refused('10003')],
  ['10004', '参数无效', refused('10004')],
  ['10008', '权限不足', refused('10008')],
  ['10009', '不支持的版本', refused('10009')],
  ['10010', '角色映射错误', refused('10010')],
  ['10011', '调用频次过高', TOO_OFTEN],
  ['10012', '内容大小超限', refused('10012')],
  ['815201', '所有VNC节点均过载或者SSH不通,VNC会话创建失败', BUSY],
  ['815008', '桌面服务异常', fault('815008')],
  ['815010', '桌面会话不存在,删除失败', refused('815010')],
];

const desk = openTestDesk();

/** Runs a command that fails with a platform code, then removes the unused faults. */
async function fail(endpoint: RouteName, code: string, line: string) {
  // `vnc create` continues if its list request fails.
  desk.sandbox.faults.add({ endpoint, code, times: 4 });
  const result = await desk.run(line);
  while (desk.sandbox.faults.take(endpoint) !== undefined);
  return result;
}

describe.each([
  ['createSession', 'vnc create'],
  ['listSessions', 'vnc list'],
] as const)('a platform code for %s', (endpoint, line) => {
  it.each(CODES)('%s “%s” has an error message in both languages', async (code, msg, meaning) => {
    await desk.logIn();
    const { ours, exitCode, en, zh } = meaning;
    for (const [lang, sentence, mark] of [
      ['en', en, 'error:'],
      ['zh', zh, '错误'],
    ] as const) {
      const result = await fail(endpoint, code, `${line} -q --lang ${lang}`);
      const [first = '', second = '', third = ''] = result.stderr.split('\n');
      expect([result.exitCode, result.stdout]).toEqual([exitCode, '']);
      expect(first).toContain(mark);
      expect(first).toContain(sentence);
      expect(second).toContain(msg);
      expect(second).toContain(code);
      expect(third).not.toBe('');
    }
    const json = await fail(endpoint, code, `${line} --json`);
    expect(json.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(json.stderr)).toEqual({
      error: {
        code: ours,
        family: exitCode === 10 ? 'busy' : 'refused',
        message: en,
        hint: expect.any(String),
        exitCode,
        platform: { code, msg },
      },
    });
  });
});

describe('a platform code that is not an error', () => {
  it('0 means success', async () => {
    await desk.logIn();
    expect((await desk.run('vnc list')).exitCode).toBe(0);
  });

  it('815010 for a delete means that the session no longer exists', async () => {
    await desk.logIn();
    await desk.run('vnc create');
    desk.sandbox.faults.add({ endpoint: 'deleteSession', code: '815010' });
    const { exitCode, stdout } = await desk.run('vnc delete --yes --json');
    expect([exitCode, JSON.parse(stdout).alreadyGone]).toEqual([0, true]);
  });

  it.each(['10004', '10009', '10001', '10011', '815201'])(
    '%s for the list does not prevent vnc create',
    async (code) => {
      await desk.logIn();
      const { exitCode, stdout } = await fail('listSessions', code, 'vnc create --json');
      expect([exitCode, JSON.parse(stdout).created]).toEqual([0, null]);
    },
  );
});
