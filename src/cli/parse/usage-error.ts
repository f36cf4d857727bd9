import type { CommanderError } from 'commander';
import { DeskError } from '../../errors/desk-error.js';

/** Options that people try and that must not exist: what is typed there is in the history and in `ps`. */
const REFUSED_SECRETS: ReadonlyMap<string, string> = new Map([
  ['--token', '--token-stdin'],
  ['--password', '--password-stdin'],
  ['--secret-key', '--secret-key-stdin'],
  ['--vnc-password', 'HPC_DESK_VNC_PASSWORD'],
]);

/** Commander's errors carry a stable code, and the word in question only inside their English text. */
export function toUsageError(error: CommanderError): DeskError {
  const [, quoted = ''] = /'([^']*)'/.exec(error.message) ?? [];
  const [, suggestion] = /\(Did you mean (?:one of )?([^,?]+)/.exec(error.message) ?? [];
  switch (error.code) {
    case 'commander.unknownOption':
      return unknownOption(quoted, suggestion);
    case 'commander.missingArgument':
      return new DeskError('usage.missingArgument', { argument: quoted });
    case 'commander.optionMissingArgument':
      return new DeskError('usage.missingValue', { option: longName(quoted) });
    default:
      return new DeskError('bug.unexpected', { reason: error.message }, { cause: error });
  }
}

function unknownOption(typed: string, suggestion: string | undefined): DeskError {
  const option = typed.split('=', 1)[0] as string;
  const instead = REFUSED_SECRETS.get(option);
  return instead === undefined
    ? new DeskError('usage.unknownOption', { option, suggestion })
    : new DeskError('usage.secretInArguments', { option, instead });
}

/** `-o, --output <FORMAT>` → `--output`. */
function longName(flags: string): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags;
}
