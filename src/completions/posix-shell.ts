import { alwaysQuotePosix } from '../model/quote.js';

/** One branch of a `case`: the subject equals one of the keys. */
export interface Branch {
  readonly keys: readonly string[];
  readonly body: string;
}

/** Writes a `case` over literal keys, indented; with no branch it is still a valid statement. */
export function writeCase(subject: string, branches: readonly Branch[], indent = '  '): string {
  const lines = branches
    .filter(({ keys, body }) => keys.length > 0 && body !== '')
    .map(({ keys, body }) => `${indent}  ${keys.map(alwaysQuotePosix).join(' | ')}) ${body} ;;\n`);
  return `${indent}case "${subject}" in\n${lines.join('')}${indent}esac`;
}
