import type { TreeArgument, TreeCommand, TreeOption } from '../model/command-tree.js';

/** `-o, --output=FORMAT`, `--wait[=DURATION]`. */
export function writeOption(option: TreeOption): string {
  const names = option.short === undefined ? option.long : `${option.short}, ${option.long}`;
  if (option.value === undefined) return names;
  return option.isValueOptional ? `${names}[=${option.value}]` : `${names}=${option.value}`;
}

/** `<shell>`, `[selector]`. */
export function writeArgument(argument: TreeArgument): string {
  return argument.isRequired ? `<${argument.name}>` : `[${argument.name}]`;
}

/** `hpc-desk vnc show [selector]`. */
export function writeUsage(program: string, command: TreeCommand): string {
  return [program, ...command.path, ...command.arguments.map(writeArgument)].join(' ');
}
