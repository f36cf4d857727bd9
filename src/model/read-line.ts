import type { Readable } from 'node:stream';

const MAX_CHARACTERS = 64 * 1024;

/**
 * Reads a piped secret to its end and takes one line ending off, as `docker login --password-stdin` does. Longer
 * input is cut after 64 Ki characters: whoever checks the value refuses it for its length.
 */
export async function readLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MAX_CHARACTERS) break;
  }
  return text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
}
