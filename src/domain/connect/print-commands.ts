import { LOOPBACK, type Port, type Route } from '../../model/endpoint.js';
import { quotePosix, quotePowerShell } from '../../model/quote.js';
import type { Transport } from '../../transport/create-transport.js';
import type { FoundViewer, LinkProfile } from '../../transport/transport.js';

export type PrintedCommands = ReturnType<typeof printCommands>;

/** The commands equivalent to `vnc connect`; runs nothing. */
export function printCommands(
  transport: Transport,
  route: Route,
  viewer: FoundViewer | undefined,
  {
    localPort,
    link,
  }: { readonly localPort: Port | undefined; readonly link: LinkProfile | undefined },
) {
  const port = localPort ?? route.target.port;
  const tunnel = route.kind === 'ssh' ? transport.tunnelCommand(route, port) : undefined;
  const address = tunnel === undefined ? route.target : { host: LOOPBACK, port };
  const view = viewer === undefined ? undefined : transport.viewerCommand(viewer, address, link);
  const lines = [tunnel, view].filter((argv) => argv !== undefined);
  return {
    target: route.target,
    tunnel: tunnel === undefined ? null : { argv: tunnel },
    viewer: viewer === undefined || view === undefined ? null : { id: viewer.id, argv: view },
    /** Which of `commands` suits this machine. */
    shell: transport.shell,
    /** The same commands, quoted for pasting, in order. */
    commands: {
      posix: lines.map((argv) => argv.map(quotePosix).join(' ')),
      powershell: lines.map((argv) => `& ${argv.map(quotePowerShell).join(' ')}`),
    },
  };
}
