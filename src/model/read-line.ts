import type { Readable } from 'node:stream';

const MAX_CHARACTERS = 64 * 1024;

/**
 * Reads a piped secret to EOF and strips one line ending, like `docker login --password-stdin`. Input is truncated after
 * 64 Ki characters; validation rejects it then.
 */
export async function readLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MAX_CHARACTERS) break;
  }
  return text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
}
