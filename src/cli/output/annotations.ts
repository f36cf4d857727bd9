import { visible } from '../../view/sanitize.js';
import type { World } from '../run/world.js';

/** Whether a step of GitHub Actions is running, which reads annotations from what is printed. */
export function wantsAnnotations(environment: World['environment']): boolean {
  return environment.GITHUB_ACTIONS === 'true';
}

/**
 * Problems as workflow commands of GitHub Actions, one a line. They go to stderr, which the runner reads as well: stdout
 * is for the result.
 *
 * Source: docs.github.com, “Workflow commands for GitHub Actions”.
 */
export function formatAnnotations(title: string, problems: readonly string[]): string {
  const head = `::error title=${escapeProperty(title)}::`;
  return problems.map((problem) => `${head}${escapeData(visible(problem))}\n`).join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
