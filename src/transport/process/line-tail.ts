import { StringDecoder } from 'node:string_decoder';

const MAX_LINES = 20;
const MAX_CHARACTERS = 64 * 1024;

export interface LineTail {
  push(chunk: Buffer): void;
  /** What is kept, without the final line break. */
  text(): string;
}

/** Keeps the last 20 lines of a stream, at most 64 Ki characters, however much flows through. */
export function createLineTail(): LineTail {
  const decoder = new StringDecoder('utf8');
  let kept = '';
  return {
    push(chunk) {
      const lines = (kept + decoder.write(chunk)).split('\n');
      // One more than the limit: the part after the last line break is a line only once it has text.
      kept = lines
        .slice(-MAX_LINES - 1)
        .join('\n')
        .slice(-MAX_CHARACTERS);
    },
    text: () => kept.trimEnd().split('\n').slice(-MAX_LINES).join('\n'),
  };
}
