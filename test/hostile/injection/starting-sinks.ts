import { pictureFileName } from '../../../src/commands/vnc/save-picture.js';
import { chooseLoginNode, routeTo } from '../../../src/domain/connect/choose-route.js';
import { printCommands } from '../../../src/domain/connect/print-commands.js';
import { type Port, parseLoginNode } from '../../../src/model/endpoint.js';
import type { Session } from '../../../src/model/session.js';
import { DESKTOP_ENDPOINTS } from '../../../src/platform/remote/desktop-endpoints.js';
import {
  masterArguments,
  type SshRoute,
  stdioForwardArguments,
  tunnelCommand,
} from '../../../src/transport/ssh/arguments.js';
import type { FoundViewer, ViewerOptions } from '../../../src/transport/transport.js';
import { CUSTOM_ROW, VIEWER_ROWS } from '../../../src/transport/viewer/catalogue.js';
import { planLaunch, viewerCommand } from '../../../src/transport/viewer/plan-launch.js';
import { fakeTransport } from '../../helpers/fake-transport.js';

const NOW = new Date(2026, 4, 1, 12);
const LOCAL_PORT = 40001 as Port;
const SSH = { mayAsk: false, timeoutMs: 10_000 };
const TRANSPORT = fakeTransport({ tunnelCommand, viewerCommand });

const VIEWERS: readonly FoundViewer[] = [...VIEWER_ROWS, CUSTOM_ROW].map(({ id, name }) => ({
  id,
  name,
  path: `/opt/viewers/${id}`,
  version: '1.12',
  takesSocket: false,
}));
/** One for each private channel of a password: environment variable, file, stdin, none. */
const SOME_VIEWERS = VIEWERS.filter(({ id }) =>
  ['tigervnc', 'realvnc', 'remote-viewer', 'custom'].includes(id),
);
const SHOWING: Omit<ViewerOptions, 'address' | 'signal'> = {
  password: 'secret1',
  viewOnly: false,
  fullScreen: false,
  link: undefined,
};

/** The words of everything that would be started or printed for a session, by sink. */
export type StartingWords = Readonly<Record<string, readonly string[]>>;

/** @throws DeskError if it is rejected. */
export function startingWords(session: Session, clusterUser = 'me'): StartingWords {
  const facts = { via: parseLoginNode('login.example:65023'), clusterUser };
  const route = routeTo(session, chooseLoginNode({ ...facts, kind: 'ssh' })) as SshRoute;
  const printed = SOME_VIEWERS.slice(0, 1).map((viewer) =>
    printCommands(TRANSPORT, route, viewer, { localPort: undefined, link: undefined }),
  );
  const direct = routeTo(session, chooseLoginNode({ ...facts, kind: 'direct' }));
  const printedDirect = SOME_VIEWERS.slice(0, 1).map((viewer) =>
    printCommands(TRANSPORT, direct, viewer, { localPort: LOCAL_PORT, link: 'slow' }),
  );
  return {
    'arguments of ssh': stdioForwardArguments(route, SSH),
    'arguments of a shared ssh': masterArguments(route.via, SSH, '/run/s'),
    'line of a tunnel': tunnelCommand(route, LOCAL_PORT),
    'arguments of viewers': SOME_VIEWERS.flatMap(wordsOfViewer),
    'lines of viewers': VIEWERS.flatMap((viewer) => viewerCommand(viewer, direct.target)),
    'lines to paste': printed.flatMap(({ commands }) => commands.posix),
    'lines to paste into PowerShell': printed.flatMap(({ commands }) => commands.powershell),
    'lines without ssh': printedDirect.flatMap(({ commands }) => commands.posix),
    'file names': [pictureFileName(NOW)],
  };
}

/** The path of the request that deletes a session. @throws unsafe.value */
export function deletePath(sessionId: string): string {
  return DESKTOP_ENDPOINTS.deleteSession(sessionId).path;
}

function wordsOfViewer(viewer: FoundViewer): readonly string[] {
  const address = { kind: 'tcp', host: '127.0.0.1', port: LOCAL_PORT } as const;
  const options = { ...SHOWING, address, signal: new AbortController().signal };
  const plan = planLaunch(viewer, options, '/run/hpc-desk/session.vnc');
  return [
    ...plan.argv,
    ...Object.entries(plan.environment).flat(),
    plan.stdin ?? '',
    plan.fileText ?? '',
  ];
}
