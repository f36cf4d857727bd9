import { DESKTOP_PATH, RFB_SUBPROTOCOL } from '../../model/page.js';

/** A request as it came; headers as pairs of name and value, in order, so that none can hide behind another. */
export interface RequestFacts {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** As `IncomingMessage.rawHeaders`. */
  readonly rawHeaders: readonly string[];
}

/**
 * Whether a request for a file comes under our one name; pure. Names are compared as they are: whoever parses what a
 * browser calls a host has had to mend that parser (Node's own inspector: CVE-2018-7160 and three more).
 *
 * @param host - `127.0.0.1:PORT`
 */
export function isFileRequest(request: RequestFacts, host: string): boolean {
  return request.method === 'GET' && only(request, 'host') === host;
}

/** Whether an upgrade is one of our page to the desktop; who the page is, the handshake behind it finds out. */
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
