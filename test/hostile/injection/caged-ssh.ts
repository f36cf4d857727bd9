import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { findReal } from '../../helpers/real-components.js';
import { type CanaryCage, openCanaryCage } from './canary.js';

/** The real ssh in isolation: it always connects to one local port, which closes the connection. */
export interface CagedSsh extends CanaryCage {
  /** The arguments of each run by name, without those that the cage adds. */
  runs(): readonly (readonly string[])[];
  /** What each connection sent before it was closed. */
  readonly greetings: readonly string[];
  /** Clears runs and greetings. */
  forget(): void;
}

/** @param lines - Additional configuration; `Match` last. */
export async function openCagedSsh(lines: readonly string[] = []): Promise<CagedSsh> {
  const cage = openCanaryCage();
  const greetings: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.setEncoding('latin1').once('data', (text: string) => {
      greetings.push(text);
      socket.end('not an ssh server\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const programs = cage.programs;
  const config = join(programs, 'config');
  const records = join(programs, 'records');
  mkdirSync(records);
  const settings = [
    'Host *',
    'HostName 127.0.0.1',
    `Port ${port}`,
    ...['ProxyCommand none', 'ProxyJump none', 'CanonicalizeHostname no', 'BatchMode yes'],
    ...['UserKnownHostsFile /dev/null', 'GlobalKnownHostsFile /dev/null'],
    ...['IdentityFile none', 'IdentityAgent none', 'LogLevel ERROR', ...lines],
  ];
  writeFileSync(config, `${settings.join('\n')}\n`);
  const program = join(programs, 'ssh');
  writeFileSync(
    program,
    `#!/bin/sh
printf '%s\\0' "$@" >'${records}'/$$
exec '${findReal('ssh')}' -F '${config}' "$@"
`,
  );
  chmodSync(program, 0o755);
  return {
    ...cage,
    greetings,
    runs: () =>
      readdirSync(records).map((name) =>
        readFileSync(join(records, name), 'utf8').split('\0').slice(0, -1),
      ),
    forget() {
      greetings.length = 0;
      rmSync(records, { recursive: true });
      mkdirSync(records);
    },
    async close() {
      cage.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
