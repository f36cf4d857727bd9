import type { ReadHeader } from './check-login.js';
import { type Reply, refuse } from './reply.js';
import type { Claims, TokenIssuer } from './tokens.js';

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
