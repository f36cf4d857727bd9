import { routeTo } from '../../domain/connect/choose-route.js';
import { connectSession } from '../../domain/connect/connect-session.js';
import { prepareConnection } from '../../domain/connect/prepare-connection.js';
import { type PrintedCommands, printCommands } from '../../domain/connect/print-commands.js';
import type { BackgroundTunnel, OpenTunnel } from '../../domain/connect/tunnels.js';
import { findOrCreateSession } from '../../domain/session/ensure-session.js';
import { createSessionPoller } from '../../domain/session/session-poller.js';
import type { ReadyConnection } from '../../model/session.js';
import type { StatusMessage } from '../../model/status.js';
import type { Running } from '../command.js';
import type { Context } from '../context.js';
import type { ConnectOptions } from './connect-options.js';
import { readyConnection, tunnelKey } from './connect-view.js';
import { openPage } from './open.js';
import { findLoginNode } from './route-options.js';
import { warnBeforeSweep } from './session-view.js';
import { offerPassword, readVncPassword } from './vnc-password.js';

export type ConnectResult = ReadyConnection | PrintedCommands;

/** All that `vnc connect` does, apart from its description so that help does not load it. */
export async function runConnect(
  context: Context,
  options: ConnectOptions,
): Promise<ConnectResult | Running<ConnectResult>> {
  const tunnels = options.isDetached ? await context.machine.tunnels() : undefined;
  const background = tunnels?.background;
  if (tunnels !== undefined && background === undefined) return tunnels.start();

  const transport = await context.transport();
  const facts = await runFacts(context, background);
  const via = await findLoginNode(context, options.route);
  const { value: viewer } = await context.setting('viewer');
  const prepared = await prepareConnection(transport, {
    ...facts,
    via: options.isPrintOnly ? undefined : via,
    viewer: options.wantsWeb ? 'web' : viewer,
    findSession: () => findSession(context, options, facts.log),
  });
  const { found, mode, openForward } = prepared;
  const { session } = found;
  const route = routeTo(session, via);
  if (options.isPrintOnly) {
    const shown = mode.kind === 'viewer' ? mode.viewer : undefined;
    const printed = printCommands(transport, route, shown, options);
    const isNothing = printed.commands.posix.length === 0;
    if (isNothing) context.progress({ kind: 'nothingToType', target: route.target });
    return printed;
  }

  async function open(): Promise<OpenTunnel> {
    const password = readVncPassword(context);
    await offerPassword(context, transport, mode, password);
    const { language } = context.runtime;
    const plan = { ...options, ...facts, ...found, route, mode, language, password };
    const connection = await connectSession({ ...transport, openForward }, plan);
    const { closed, forward } = connection;
    const ready = readyConnection(session, route, forward.address, mode);
    const { url } = ready;
    if (url === null) return { ready, closed };
    context.output.keepSecret(url);
    return { ready, closed, onPrinted: () => openPage(url, context) };
  }
  try {
    if (background === undefined) return await open();
    return await background.serve(tunnelKey(session, route), open);
  } finally {
    await prepared.close();
  }
}

async function findSession(
  context: Context,
  { selector, mayCreate, allowTarget }: ConnectOptions,
  progress: (message: StatusMessage) => void,
) {
  const platform = await context.platform({ allowTarget, timeoutPerRequest: true });
  progress({ kind: 'asking', origin: platform.origin });
  const session = await findOrCreateSession(platform, selector, mayCreate);
  warnBeforeSweep(session, platform.now(), progress);
  const { sleep } = context.clock;
  const wasListed = session.created === false;
  return {
    session,
    poll: createSessionPoller(platform, session, sleep, wasListed),
    sweepClock: platform,
  };
}

async function runFacts(context: Context, background: BackgroundTunnel | undefined) {
  const { ask, clock, output, progress, runtime } = context;
  const { value: notify } = await context.setting('notify');
  const log = (message: StatusMessage) => {
    progress(message);
    background?.note(message);
  };
  return {
    ...clock,
    log,
    report(message: StatusMessage) {
      log(message);
      if (message.kind === 'sweepSoon' && notify) output.ring();
    },
    mayAsk: ask.mayAsk,
    timeoutMs: (await context.setting('timeout')).value,
    signal: runtime.signal,
  };
}
