const SEPARATORS = {
  lineFeed: '\n',
  carriageReturn: '\r',
  both: '\r\n',
  nul: '\0',
  verticalTab: '\v',
  formFeed: '\f',
  nextLine: '\u0085',
  lineSeparator: '\u2028',
  paragraphSeparator: '\u2029',
} as const;

/** What would be a second line of a configuration file, a header, a workflow command or a record. */
const AFTERWARDS: readonly string[] = [
  'ProxyCommand canary',
  'Host *',
  'Set-Cookie: a=canary',
  'password=canary',
  '::set-env name=PATH::.',
  'HPC_DESK_PORT=canary',
];

/** A harmless start, each kind of line break, and text that is dangerous only on its own line. */
export const optionsInLines: readonly string[] = [
  ...Object.values(SEPARATORS).flatMap((separator) =>
    AFTERWARDS.map((line) => `gv101${separator}${line}`),
  ),
  ...Object.values(SEPARATORS).map((separator) => `${separator}127.0.0.1`),
  ...Object.values(SEPARATORS).map((separator) => `127.0.0.1${separator}`),
  '127.0.0.1#ProxyCommand canary',
  '"127.0.0.1" ProxyCommand canary',
  'ProxyCommand=canary',
  'ProxyCommand canary',
  'Match exec canary',
  'Include canary.conf',
  '[virt-viewer]',
  'host=127.0.0.1;password=canary',
  '::error::canary',
  '::add-mask::1',
  '##vso[task.setvariable variable=PATH].',
];
