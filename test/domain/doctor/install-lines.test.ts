import { expect, it } from 'vitest';
import { installLines } from '../../../src/domain/doctor/install-lines.js';

it.each([
  ['linux', ['sudo apt install tigervnc-viewer', 'sudo dnf install tigervnc']],
  ['darwin', ['brew install tiger-vnc']],
  ['win32', ['winget install --exact --id TigerVNC.TigerVNC']],
] as const)('on %s: %s', (operatingSystem, expected) => {
  expect(installLines(operatingSystem).map(({ command }) => command)).toEqual(expected);
});

it.each(['linux', 'darwin', 'win32'] as const)('%s has a mirror in China over https', (system) => {
  const mirrors = installLines(system)
    .flatMap(({ mirror }) => mirror)
    .join('\n');
  expect(mirrors).toMatch(/https:\/\/mirrors\.\w+(\.\w+)?\.edu\.cn\//);
});
