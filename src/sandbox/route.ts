import type { Claims, TokenIssuer } from './tokens.js';

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

/** Reads one request header by its lower-case name. */
export type ReadHeader = (name: string) => string | undefined;

export type RouteName =
  | 'loginWithKeys'
  | 'loginWithPassword'
  | 'renewToken'
  | 'checkToken'
  | 'readCenter'
  | 'readUser'
  | 'listClusters'
  | 'createSession'
  | 'listSessions'
  | 'deleteSession'
  | 'readLaunchUrl'
  | 'showLaunchPage';

export interface ApiRequest {
  readonly header: ReadHeader;
  /** Parameter of the query string. */
  query(name: string): string | null;
  /** Decoded path segment of routes that have one, else empty. */
  readonly sessionId: string;
  /** Where this very server is reached, without a slash at the end. */
  readonly baseUrl: string;
}

/** One row of the platform's interface. */
export interface Route {
  readonly name: RouteName;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Whole path; `:sessionId` stands for one segment. */
  readonly path: string;
  run(request: ApiRequest): Answer | Promise<Answer>;
}

/** An envelope, a page, or the bare HTTP 404 of a path that does not exist. */
export type Answer = Reply | { readonly html: string } | 'notFound';

type RunWithToken = (claims: Claims, request: ApiRequest) => Answer | Promise<Answer>;

/** Lets a route run for a valid token only; an expired one and an unknown one are refused alike, with 10008. */
export function withToken(tokens: TokenIssuer, run: RunWithToken): Route['run'] {
  return (request) => {
    const token = request.header('token');
    if (!token) return refuse('10003');
    const claims = tokens.check(token);
    return claims === undefined ? refuse('10008') : run(claims, request);
  };
}

/** As `withToken`, for the cluster's interfaces, where the platform's own token is good for nothing. */
export function withClusterToken(tokens: TokenIssuer, run: RunWithToken): Route['run'] {
  return withToken(tokens, (claims, request) =>
    isPlatformToken(claims) ? refuse('10008') : run(claims, request),
  );
}

/** Measured: the platform's own token names `root`, while its `clusterId` is some cluster's and cannot be trusted. */
export function isPlatformToken(claims: Pick<Claims, 'computeUser'>): boolean {
  return claims.computeUser === 'root';
}
