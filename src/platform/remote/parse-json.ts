const MAX_DEPTH = 64;

export type ParsedJson =
  | { readonly value: unknown }
  /** What is wrong, in words of the trade: `UTF-8`, `JSON`, `JSON depth > 64`; never a part of the text. */
  | { readonly problem: string };

/** Reads JSON in UTF-8, with or without a byte order mark, and refuses what is nested deeply before it is parsed. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  if (bytes.length === 0) return { problem: 'no body' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The decoder has no other way to tell.
    return { problem: 'UTF-8' };
  }
  if (isDeeperThan(text, MAX_DEPTH)) return { problem: `JSON depth > ${MAX_DEPTH}` };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // The error of the parser quotes the text, so it is not kept.
    return { problem: 'JSON' };
  }
}

function isDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0;
  // Whole strings are matched too, so that brackets inside them do not count.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > maxDepth) return true;
  }
  return false;
}
