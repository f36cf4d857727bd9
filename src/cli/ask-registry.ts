import { originOf, parseBaseUrl } from '../model/base-url.js';
import { openHttp } from '../platform/remote/http.js';

export interface RegistryOptions {
  /** Base URL of an npm registry. */
  readonly registry: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userAgent: string;
  readonly signal: AbortSignal;
}

const PACKAGE = 'hpc-desk';
const LIMIT_MS = 10_000;

/**
 * Asks a registry for the newest version, which is text from outside; undefined when it says nothing of use.
 *
 * @throws the reason of the signal; usage.invalidValue when a proxy variable cannot be understood
 */
export async function askRegistry(options: RegistryOptions): Promise<string | undefined> {
  const { registry, environment, userAgent, signal } = options;
  const baseUrl = parseBaseUrl(registry);
  if (baseUrl === undefined) return undefined;
  const http = openHttp({ baseUrl, environment, remainingMs: () => LIMIT_MS, signal });
  try {
    const path = `${baseUrl.slice(originOf(baseUrl).length)}/${PACKAGE}/latest`;
    const headers = { accept: 'application/json', 'user-agent': userAgent };
    const answer = await http.send({ method: 'GET', path, headers });
    if (answer.kind === 'fault' || answer.status !== 200) return undefined;
    const { version }: { version?: unknown } = JSON.parse(answer.body.toString('utf8')) ?? {};
    return typeof version === 'string' && version.length < 64 ? version : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    await http.close();
  }
}
