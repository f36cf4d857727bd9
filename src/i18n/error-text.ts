import type { ErrorDetails } from '../errors/codes.js';
import { parseLoginNode, sshLineOf } from '../model/endpoint.js';
import type { FindingDetails } from '../model/finding.js';
import { quotePosix } from '../model/quote.js';
import type { Question, StatusMessage } from '../model/status.js';

/** A message and, if there is one, a hint with the next command. */
export interface ErrorText {
  readonly message: string;
  readonly hint?: string | undefined;
}

type Text<Details> = string | ((details: Details) => string);

type HintsOf<Details> = {
  readonly [Code in keyof Details & string as `${Code}.hint`]?: Text<Details[Code]>;
};

/** A message for each code and, if there is one, its hint. */
type TextsOf<Details> = {
  readonly [Code in keyof Details]: Text<Details[Code]>;
} & HintsOf<Details>;

type TextByKind<Message extends { readonly kind: string }> = {
  readonly [Kind in Message['kind']]: Text<Message & { readonly kind: Kind }>;
};

export type ErrorTexts = TextsOf<ErrorDetails>;
export type FindingTexts = TextsOf<FindingDetails>;
export type StatusTexts = TextByKind<StatusMessage>;
export type QuestionTexts = TextByKind<Question>;

/** Hints that are a command line, the same in every language. */
export const commandHints: HintsOf<ErrorDetails & FindingDetails> = {
  'usage.missingOption.hint': ({ example }) => example,
  'usage.unknownSetting.hint': 'hpc-desk config list',
  'usage.needsInput.hint': ({ example }) => example,
  'session.notFound.hint': ({ selector }) =>
    selector === undefined ? 'hpc-desk vnc create' : 'hpc-desk vnc list',
  'tunnel.notFound.hint': 'hpc-desk tunnels',
  'cluster.notFound.hint': 'hpc-desk clusters',
  'profile.notFound.hint': ({ profile }) => `hpc-desk login --profile ${profile}`,
  'auth.required.hint': ({ profile }) =>
    profile === 'default' ? 'hpc-desk login' : `hpc-desk login --profile ${profile}`,
  'auth.expired.hint': 'hpc-desk login',
  'auth.otherOrigin.hint': ({ requested }) => `hpc-desk login --api-url ${requested}`,
  'platform.refused.hint': 'hpc-desk whoami',
  'tunnel.lost.hint': 'hpc-desk vnc connect',
  'tunnel.cannotListen.hint': 'hpc-desk doctor',
  'rfb.notRfb.hint': 'hpc-desk vnc show',
  'keys.open.hint': ({ path }) => `chmod 600 ${quotePosix(path)}`,
  'session.none.hint': 'hpc-desk vnc create',
  'tunnels.impaired.hint': 'hpc-desk tunnels',
};

/** The ssh command line for a login node `user@host:port`. */
export function sshLine(via: string): string {
  const node = parseLoginNode(via);
  return node === undefined ? `ssh ${via}` : sshLineOf(node);
}
