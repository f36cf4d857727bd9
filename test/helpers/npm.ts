import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PackReport } from './build-copy.js';

const ROOT = join(import.meta.dirname, '../..');

/** Runs npm in a folder, with a separate cache there, and returns its stdout. */
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

/** Packs the built program and installs it into a folder, as `npm install -g` does; contacts no registry. */
export async function installPackage(folder: string): Promise<PackReport> {
  const [report] = JSON.parse(await npm(folder, 'pack', ROOT, '--ignore-scripts', '--json'));
  const install = ['install', '--global', '--offline', '--no-audit', '--no-fund'];
  await npm(folder, ...install, '--prefix', folder, join(folder, report.filename));
  return report;
}
