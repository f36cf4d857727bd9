import { DESKTOP_PATH, RFB_SUBPROTOCOL } from '../../model/page.js';

/** The parts of an HTTP request that are checked. */
export interface RequestFacts {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** `IncomingMessage.rawHeaders`: raw, so that duplicates are detected. */
  readonly rawHeaders: readonly string[];
}

/**
 * Whether a request for a file has our Host, against DNS rebinding. Compared as a string, because parsing Host has led to
 * bypasses (Node's inspector: CVE-2018-7160 and three more).
 *
 * @param host - `127.0.0.1:PORT`
 */
export function isFileRequest(request: RequestFacts, host: string): boolean {
  return request.method === 'GET' && only(request, 'host') === host;
}

/** Whether a WebSocket upgrade (RFC 6455 §4.2.1) comes from our page; authentication follows (`page-handshake.ts`). */
export function isDesktopUpgrade(request: RequestFacts, host: string): boolean {
  return (
    request.method === 'GET' &&
    request.url === DESKTOP_PATH &&
    isFromOurPage(request, host) &&
    only(request, 'sec-websocket-version') === '13' &&
    only(request, 'upgrade')?.toLowerCase() === 'websocket' &&
    /^[+/\dA-Za-z]{22}==$/.test(only(request, 'sec-websocket-key') ?? '') &&
    only(request, 'sec-websocket-protocol') === RFB_SUBPROTOCOL
  );
}

/** Host protects against DNS rebinding, Origin against cross-site requests. */
function isFromOurPage(request: RequestFacts, host: string): boolean {
  return only(request, 'host') === host && only(request, 'origin') === `http://${host}`;
}

/** The value of a header that occurs exactly once. */
function only({ rawHeaders }: RequestFacts, name: string): string | undefined {
  const values = rawHeaders.filter(
    (_, place) => place % 2 === 1 && rawHeaders[place - 1]?.toLowerCase() === name,
  );
  return values.length === 1 ? values[0] : undefined;
}
