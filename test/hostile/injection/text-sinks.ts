import { formatResult } from '../../../src/cli/output/format.js';
import { formatError } from '../../../src/cli/run/report.js';
import { listClusters } from '../../../src/commands/clusters.js';
import type { Command } from '../../../src/commands/command.js';
import { check } from '../../../src/commands/vnc/check.js';
import { connect } from '../../../src/commands/vnc/connect.js';
import { create } from '../../../src/commands/vnc/create.js';
import { deleteSession } from '../../../src/commands/vnc/delete.js';
import { list } from '../../../src/commands/vnc/list.js';
import { open } from '../../../src/commands/vnc/open.js';
import { show } from '../../../src/commands/vnc/show.js';
import { whoami } from '../../../src/commands/whoami.js';
import type { CheckReport } from '../../../src/domain/session/check-session.js';
import type { DeskError } from '../../../src/errors/desk-error.js';
import { en } from '../../../src/i18n/en/index.js';
import { formatEndpoint } from '../../../src/model/endpoint.js';
import type { Session } from '../../../src/model/session.js';
import { createColourTheme } from '../../../src/view/colour-theme.js';
import { PLAIN_THEME } from '../../../src/view/theme.js';
import { createUi } from '../../../src/view/ui.js';

const PLAIN = PLAIN_THEME;
const ON_SCREEN = { messages: en, columns: 80, now: new Date('2026-05-01T04:00:00Z') };
const UI = createUi({ ...ON_SCREEN, theme: PLAIN });
/** Unlimited width: otherwise a long name turns a table into fields, which have other colours. */
const WIDE = { ...ON_SCREEN, columns: Number.POSITIVE_INFINITY };
const COLOURED_UI = createUi({ ...WIDE, theme: createColourTheme() });

/** A command and a result that it may print. */
export type ResultOf = readonly [Command, unknown];

/** What each command that shows this field of a session would print. */
export function resultsOf(session: Session, field: string): readonly ResultOf[] {
  const { sessionId } = session;
  const ready = {
    mode: 'forward',
    sessionId,
    target: formatEndpoint({ host: session.ip, port: session.port }),
    route: 'direct',
    via: null,
    address: '127.0.0.1',
    port: 40001,
    url: null,
    viewer: null,
  };
  const whole = [
    [list, [session, session]],
    [show, session],
  ];
  const others = [
    [create, { ...session, created: true }],
    [deleteSession, { sessionId, deleted: true, alreadyGone: false }],
    [open, { sessionId, url: 'https://zzhpc.example/launch' }],
    [connect, ready],
  ];
  const isShownByAll = ['sessionId', 'ip', 'sid'].includes(field);
  return [...whole, ...(isShownByAll ? others : [])] as unknown as readonly ResultOf[];
}

/** The result of a check with this desktop name. */
export function resultOfCheck(desktopName: string): ResultOf {
  const rfb = { version: '003.008', securityTypes: [1], widthPx: 1, heightPx: 1, desktopName };
  const report: CheckReport = { healthy: true, checks: [], rfb };
  return [check as unknown as Command, report];
}

/** The results of a login with this user and cluster. */
export function resultsOfLogin(user: string, id: string, name: string) {
  const login = {
    profile: 'default',
    ...{ user, clusterUser: user, cluster: { id, name } },
    ...{ apiUrl: 'https://zzhpc.example', platformUrl: null, accountStatus: user },
    ...{
      expiresAt: '',
      storedIn: '/x',
      tokenSource: 'env',
      expired: false,
      expiresInSeconds: null,
    },
  };
  const cluster = { id, name, usable: true, current: true, accountStatus: user };
  return [
    [whoami, login],
    [listClusters, [cluster, cluster]],
  ] as unknown as readonly ResultOf[];
}

type Form = 'table' | 'json' | 'tsv' | 'name' | 'env' | 'field';

/** A result in every form that its command offers, without the trailing line feed. */
export function formsOf(command: Command, result: unknown): readonly (readonly [Form, string])[] {
  const whole = { fields: undefined, field: undefined };
  const machine = (format: 'json' | 'tsv' | 'name' | 'env') =>
    formatResult(command, result, { ...whole, format }, format === 'json');
  const field = command.output.fields[0] ?? '';
  const ofField = { ...whole, format: 'tsv', field } as const;
  return [
    ['table', command.view(result, UI)],
    ['json', machine('json')],
    ['tsv', machine('tsv')],
    ...(command.output.names === undefined ? [] : [['name', machine('name')] as const]),
    ...(command.output.isList === true ? [] : [['env', machine('env')] as const]),
    ['field', formatResult(command, result, ofField, false)],
  ];
}

/** A result as displayed on a colour terminal. */
export function colouredView(command: Command, result: unknown): string {
  return command.view(result, COLOURED_UI);
}

/** An error as text, as JSON and with `--debug`. */
export function formsOfError(error: DeskError): readonly (readonly [string, string])[] {
  const form = { messages: en, theme: PLAIN };
  return [
    ['error', formatError(error, { ...form, isJson: false, isDebug: false })],
    ['JSON error', formatError(error, { ...form, isJson: true, isDebug: false })],
    ['debug', formatError(error, { ...form, isJson: false, isDebug: true })],
  ];
}
