/** An answer in the platform's envelope; HTTP status 200 whatever the code. */
export interface Reply {
  readonly code: string;
  readonly msg: string;
  readonly data: unknown;
}

/** The platform's codes and the words it uses for them (tables and notes of its API pages). */
const MESSAGES: Readonly<Record<string, string>> = {
  '10001': 'internal_error',
  '10003': 'param_incomplete',
  '10004': '参数无效',
  '10008': '权限不足',
  '10009': '不支持的版本',
  '10010': '角色映射错误',
  '10011': '调用频次过高',
  '10012': '内容大小超限',
  '815201': '所有VNC节点均过载或者SSH不通,VNC会话创建失败',
  '815008': '桌面服务异常',
  '815010': '桌面会话不存在,删除失败',
};

export function succeed(data: unknown): Reply {
  return { code: '0', msg: 'success', data };
}

/** A business error with the platform's own words, or with the ones given. */
export function refuse(code: string, msg = MESSAGES[code] ?? '未知异常'): Reply {
  return { code, msg, data: null };
}
