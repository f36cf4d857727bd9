import { createRequire } from 'node:module';
import type { Node } from '@vscode/tree-sitter-wasm';

const require = createRequire(import.meta.url);
const { Language, Parser } = require('@vscode/tree-sitter-wasm');
const GRAMMAR = require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm');

/**
 * Syntax errors of a PowerShell script, by the tree-sitter grammar that VS Code uses, because Debian has no PowerShell.
 * It checks syntax only.
 */
export async function powershellErrors(script: string): Promise<readonly string[]> {
  await Parser.init();
  const parser = new Parser().setLanguage(await Language.load(GRAMMAR));
  const found: string[] = [];
  const look = (node: Node): void => {
    if (node.isError || node.isMissing) {
      found.push(`${node.startPosition.row + 1}: ${node.type} ${node.text.slice(0, 60)}`);
    }
    for (const child of node.children) if (child !== null) look(child);
  };
  look(parser.parse(script).rootNode);
  parser.delete();
  return found;
}
