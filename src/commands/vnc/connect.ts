import type { RouteRequest } from '../../domain/connect/choose-route.js';
import { connectSession } from '../../domain/connect/connect-session.js';
import { chooseDisplayMode } from '../../domain/connect/display-mode.js';
import { type PrintedCommands, printCommands } from '../../domain/connect/print-commands.js';
import type { BackgroundTunnel } from '../../domain/connect/tunnels.js';
import { findOrCreateSession } from '../../domain/session/ensure-session.js';
import { createSessionPoller } from '../../domain/session/session-poller.js';
import type { Port } from '../../model/endpoint.js';
import type { ReadyConnection } from '../../model/session.js';
import type { Stage } from '../../model/stage.js';
import type { LinkProfile } from '../../transport/transport.js';
import { defineCommand, type Running } from '../command.js';
import type { Context } from '../context.js';
import { selectorArgument } from '../options.js';
import { connectOptions, readLink, readLocalPort, readWeb } from './connect-options.js';
import { readyConnection, tunnelKey, viewReady } from './connect-view.js';
import { offerPassword } from './offer-password.js';
import { openPage } from './open-page.js';
import { findRoute, readRouteRequest } from './route-options.js';
import { warnBeforeSweep } from './session-view.js';
import { readVncPassword } from './vnc-password.js';

export interface ConnectOptions {
  readonly selector: string | undefined;
  readonly mayCreate: boolean;
  readonly route: RouteRequest;
  readonly localPort: Port | undefined;
  readonly allowAnyUser: boolean;
  readonly isPrintOnly: boolean;
  readonly isDetached: boolean;
  readonly wantsWeb: boolean;
  readonly keepsPage: boolean;
  readonly viewOnly: boolean;
  readonly fullScreen: boolean;
  readonly link: LinkProfile | undefined;
  readonly allowTarget: boolean;
}

export type ConnectResult = ReadyConnection | PrintedCommands;

/** Shows the desktop: session, route, proof, viewer or page; stays until one of them ends. */
export const connect = defineCommand<ConnectOptions, ConnectResult>({
  path: ['vnc', 'connect'],
  help: {
    group: 'desktops',
    summary: (messages) => messages.vnc.connect.summary,
    examples: [
      { line: 'hpc-desk vnc connect', caption: (messages) => messages.vnc.connect.example },
      {
        line: 'hpc-desk vnc connect --via me@login.example:65023',
        caption: (messages) => messages.vnc.connect.exampleVia,
      },
      {
        line: 'hpc-desk vnc connect --identity me_login.example_RsaKeyExpireTime_2027-01-31_12-00-00.txt',
        caption: (messages) => messages.vnc.connect.exampleIdentity,
      },
      {
        line: 'hpc-desk vnc connect --web',
        caption: (messages) => messages.vnc.connect.exampleWeb,
      },
      {
        line: 'hpc-desk vnc connect --detach --viewer none --local-port 5901',
        caption: (messages) => messages.vnc.connect.exampleForward,
      },
    ],
  },
  arguments: [selectorArgument],
  options: connectOptions,
  output: {
    fields: [
      'mode',
      'sessionId',
      'target',
      'route',
      'via',
      'address',
      'port',
      'url',
      'viewer.id',
      'viewer.path',
      'id',
    ],
    extraFields: ['tunnel.argv', 'viewer.argv', 'shell', 'commands.posix', 'commands.powershell'],
    rows: (result) =>
      'commands' in result ? result.commands[result.shell].map((line) => [line]) : undefined,
  },

  parse(input) {
    return {
      selector: input.arguments[0],
      mayCreate: !input.has('--no-create'),
      route: readRouteRequest(input),
      localPort: readLocalPort(input),
      allowAnyUser: input.has('--allow-any-user'),
      isPrintOnly: input.has('--print'),
      isDetached: input.has('--detach'),
      wantsWeb: readWeb(input),
      keepsPage: input.has('--keep'),
      viewOnly: input.has('--view-only'),
      fullScreen: input.has('--full-screen'),
      link: readLink(input),
      allowTarget: input.has('--allow-target'),
    };
  },

  async run(context, options) {
    const tunnels = options.isDetached ? await context.machine.tunnels() : undefined;
    const background = tunnels?.background;
    if (tunnels !== undefined && background === undefined) return tunnels.start();
    const platform = await context.platform({
      allowTarget: options.allowTarget,
      isLongRunning: true,
    });
    const transport = await context.transport();
    context.progress({ kind: 'asking', origin: platform.origin });
    const session = await findOrCreateSession(platform, options);
    warnBeforeSweep(session, platform.now(), context);
    const route = await findRoute(context, session, options.route);
    const { value: wish } = await context.setting('viewer');
    const mode = await chooseDisplayMode(transport, options.wantsWeb ? 'web' : wish);
    const viewer = mode.kind === 'viewer' ? mode.viewer : undefined;
    if (options.isPrintOnly) {
      const printed = printCommands(transport, route, viewer, options);
      const isNothing = printed.commands.posix.length === 0;
      if (isNothing) context.progress({ kind: 'nothingToType', target: route.target });
      return printed;
    }

    async function open(): Promise<Running<ReadyConnection>> {
      const password = readVncPassword(context);
      await offerPassword(context, transport, viewer, password);
      const poller = createSessionPoller(platform, session, {
        wasListed: session.created === false,
        sleep: context.clock.sleep,
      });
      const connection = await connectSession(transport, {
        ...options,
        ...(await runFacts(context, background)),
        session,
        poller,
        route,
        mode,
        language: context.runtime.language,
        password,
      });
      const ready = readyConnection(session, route, connection.forward.address, mode);
      const { url } = ready;
      if (url !== null) context.output.keepSecret(url);
      return {
        ready,
        closed: connection.closed,
        ...(url !== null && { onPrinted: () => openPage(url, context) }),
      };
    }
    return background === undefined ? open() : background.serve(tunnelKey(session, route), open);
  },
  view: (result, ui) =>
    'commands' in result
      ? result.commands[result.shell].map(ui.theme.plain).join('\n')
      : viewReady(result, ui),
});

/** What keeping a connection needs to know of this run. */
async function runFacts(context: Context, background: BackgroundTunnel | undefined) {
  const { ask, clock, progress, runtime } = context;
  return {
    ...clock,
    report(stage: Stage) {
      progress(stage);
      background?.note(stage);
    },
    mayAsk: ask.mayAsk,
    timeoutMs: (await context.setting('timeout')).value,
    signal: runtime.signal,
  };
}
