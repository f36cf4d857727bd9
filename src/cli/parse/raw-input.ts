import type { Command as CommanderCommand } from 'commander';
import type { RawInput } from '../../commands/command.js';

/** Looks up options from the command to the root, because global options may come before the command's name. */
export function readRawInput(leaf: CommanderCommand): RawInput {
  const findValue = (long: `--${string}`) => {
    for (let level: CommanderCommand | null = leaf; level !== null; level = level.parent) {
      const option = level.options.find((candidate) => candidate.long === long);
      if (option === undefined) continue;
      const key = option.attributeName();
      const value: unknown = level.getOptionValue(key);
      const isGiven = level.getOptionValueSource(key) === 'cli' && value === !option.negate;
      if (typeof value === 'string' || isGiven) return value;
    }
    return undefined;
  };
  return {
    arguments: leaf.processedArgs as readonly (string | undefined)[],
    text: (long) => {
      const value = findValue(long);
      return typeof value === 'string' ? value : undefined;
    },
    has: (long) => findValue(long) !== undefined,
  };
}
