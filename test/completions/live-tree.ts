import type { CommandTree } from '../../src/model/command-tree.js';
import { argument, command, option } from './example-tree.js';

/** A command tree with values that are looked up at completion time, and a command with fields. */
export const LIVE_TREE: CommandTree = {
  program: 'hpc-desk',
  globalOptions: [
    option('--fields', { value: 'NAMES', origin: 'fields' }),
    option('--field', { value: 'NAME', origin: 'field' }),
    option('--profile', { value: 'NAME', origin: 'profiles' }),
  ],
  commands: [
    command('clusters', { isGroup: true }),
    command('clusters use', { arguments: [argument('cluster', { origin: 'clusters' })] }),
    command('vnc', { isGroup: true }),
    command('vnc show', {
      arguments: [argument('selector', { origin: 'sessions' })],
      fields: ['name', 'ip', 'port', 'createdAt'],
    }),
    command('vnc connect', {
      arguments: [argument('selector', { origin: 'sessions' })],
      options: [option('--viewer', { value: 'ID|PATH', isFile: true, origin: 'viewers' })],
    }),
  ],
};

/** The output of `hpc-desk __complete` for each kind. */
export const LIVE_ANSWERS = {
  sessions: 'gv101--me--SIG--4\tgv101:4, 1920x1080\ngv102:7\tgv102:7 会话 $HOME \\x1b %d\n',
  clusters: '11250\t华东一区【昆山】\n11300\t\n',
  profiles: 'default\tme\nwork\tme, 昆山\n',
  viewers: 'auto\t\ntigervnc\tTigerVNC\n',
};

/** The typed text and the line after Tab, in every shell. */
export const LIVE_CASES: readonly (readonly [text: string, line: string])[] = [
  ['hpc-desk vnc show gv101', 'hpc-desk vnc show gv101--me--SIG--4 '],
  ['hpc-desk vnc show gv102:', 'hpc-desk vnc show gv102:7 '],
  ['hpc-desk --profile work vnc connect gv102', 'hpc-desk --profile work vnc connect gv102:7 '],
  ['hpc-desk clusters use 112', 'hpc-desk clusters use 11250 '],
  ['hpc-desk --profile w', 'hpc-desk --profile work '],
  ['hpc-desk --profile=w', 'hpc-desk --profile=work '],
  ['hpc-desk vnc connect --viewer ti', 'hpc-desk vnc connect --viewer tigervnc '],
  ['hpc-desk vnc connect --viewer=ti', 'hpc-desk vnc connect --viewer=tigervnc '],
  ['hpc-desk vnc connect --viewer pict', 'hpc-desk vnc connect --viewer picture.png '],
  ['hpc-desk vnc show --field po', 'hpc-desk vnc show --field port '],
  ['hpc-desk vnc show --field=po', 'hpc-desk vnc show --field=port '],
  ['hpc-desk --field po', 'hpc-desk --field po'],
];

/** Comma-separated lists; no space is appended, as more items may follow. */
export const LIST_CASES: readonly (readonly [text: string, line: string])[] = [
  ['hpc-desk vnc show --fields po', 'hpc-desk vnc show --fields port'],
  ['hpc-desk vnc show --fields name,i', 'hpc-desk vnc show --fields name,ip'],
  ['hpc-desk vnc show --fields=name,ip,c', 'hpc-desk vnc show --fields=name,ip,createdAt'],
];
