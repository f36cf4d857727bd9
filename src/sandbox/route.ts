import type { Claims, TokenIssuer } from './tokens.js';

/** The platform's response envelope; the HTTP status is always 200. */
export interface Reply {
  readonly code: string;
  readonly msg: string;
  readonly data: unknown;
}

/** The platform's error codes and messages (API pages). */
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

/** An error with the platform's message, or the given one. */
export function refuse(code: string, msg = MESSAGES[code] ?? '未知异常'): Reply {
  return { code, msg, data: null };
}

/** Reads a request header by lower-case name. */
export type ReadHeader = (name: string) => string | undefined;

export type RouteName =
  | 'loginWithKeys'
  | 'loginWithPassword'
  | 'renewToken'
  | 'checkToken'
  | 'readCenter'
  | 'listClusters'
  | 'createSession'
  | 'listSessions'
  | 'deleteSession'
  | 'readLaunchUrl'
  | 'showLaunchPage';

export interface ApiRequest {
  readonly header: ReadHeader;
  query(name: string): string | null;
  /** Decoded path segment; empty for routes without one. */
  readonly sessionId: string;
  /** URL of this server, without trailing slash. */
  readonly baseUrl: string;
}

/** An endpoint of the platform's API. */
export interface Route {
  readonly name: RouteName;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Full path; `:sessionId` matches one segment. */
  readonly path: string;
  run(request: ApiRequest): Answer | Promise<Answer>;
}

/** An envelope, an HTML page, or HTTP 404. */
export type Answer = Reply | { readonly html: string } | 'notFound';

/** Requires a valid token; an expired and an unknown one both get 10008. */
export function withToken(
  tokens: TokenIssuer,
  run: (claims: Claims, request: ApiRequest) => ReturnType<Route['run']>,
): Route['run'] {
  return (request) => {
    const token = request.header('token');
    if (!token) return refuse('10003');
    const claims = tokens.check(token);
    return claims === undefined ? refuse('10008') : run(claims, request);
  };
}

/** Like `withToken`, for cluster endpoints, which reject the platform's own token. */
export function withClusterToken(tokens: TokenIssuer, run: Route['run']): Route['run'] {
  return withToken(tokens, (claims, request) =>
    isPlatformToken(claims) ? refuse('10008') : run(request),
  );
}

/** The platform's own token has user `root`; its `clusterId` is not reliable. */
export function isPlatformToken(claims: Pick<Claims, 'computeUser'>): boolean {
  return claims.computeUser === 'root';
}
