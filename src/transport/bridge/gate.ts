import { DESKTOP_PATH, RFB_SUBPROTOCOL, SESSION_PATH } from '../../model/page.js';

/** A request as it came; headers as pairs of name and value, in order, so that none can hide behind another. */
export interface RequestFacts {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** As `IncomingMessage.rawHeaders`. */
  readonly rawHeaders: readonly string[];
}

/** What the bridge is, and what it has. */
export interface GateFacts {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** Paths of the files of the page. */
  readonly paths: ReadonlySet<string>;
}

export type Admission =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'session' }
  | { readonly kind: 'refused' };

const REFUSED = { kind: 'refused' } as const;

/**
 * Who may have what; pure. Names are compared as they are: whoever parses what a browser calls a host has had to mend
 * that parser (Node's own inspector: CVE-2018-7160 and three more).
 */
export function admitRequest(request: RequestFacts, { host, paths }: GateFacts): Admission {
  const { method, url = '' } = request;
  if (method === 'GET' && paths.has(url)) {
    return only(request, 'host') === host ? { kind: 'file', path: url } : REFUSED;
  }
  const isSession = method === 'POST' && url === SESSION_PATH;
  return isSession && isFromOurPage(request, host) ? { kind: 'session' } : REFUSED;
}

/** The key that an upgrade to the desktop brings, when everything about it is right; whether it is one of ours is not decided here. */
export function keyOfUpgrade(request: RequestFacts, host: string): string | undefined {
  if (request.method !== 'GET' || request.url !== DESKTOP_PATH) return undefined;
  if (!isFromOurPage(request, host)) return undefined;
  if (only(request, 'sec-websocket-version') !== '13') return undefined;
  if (only(request, 'upgrade')?.toLowerCase() !== 'websocket') return undefined;
  if (!/^[+/\dA-Za-z]{22}==$/.test(only(request, 'sec-websocket-key') ?? '')) return undefined;
  const [subprotocol, key, ...more] = (only(request, 'sec-websocket-protocol') ?? '').split(/, ?/);
  return subprotocol === RFB_SUBPROTOCOL && more.length === 0 ? key : undefined;
}

/** Host says that no name was bound anew to our address, Origin that no other page asks. */
function isFromOurPage(request: RequestFacts, host: string): boolean {
  return only(request, 'host') === host && only(request, 'origin') === `http://${host}`;
}

/** The value of a header that is there exactly once. */
function only({ rawHeaders }: RequestFacts, name: string): string | undefined {
  const values = rawHeaders.filter(
    (_, place) => place % 2 === 1 && rawHeaders[place - 1]?.toLowerCase() === name,
  );
  return values.length === 1 ? values[0] : undefined;
}
