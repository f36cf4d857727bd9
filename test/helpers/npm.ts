import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs npm in a folder, with a cache of its own there, and answers with what it prints. */
export async function npm(cwd: string, ...argv: string[]): Promise<string> {
  const { npm_config_prefix: _, ...environment } = process.env;
  const { stdout } = await promisify(execFile)('npm', argv, {
    cwd,
    env: {
      ...environment,
      npm_config_cache: join(cwd, '.npm-cache'),
      npm_config_update_notifier: 'false',
    },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}
