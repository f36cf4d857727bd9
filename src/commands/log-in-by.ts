import type { Readable } from 'node:stream';
import {
  LOGIN_EXAMPLES,
  type LoginInput,
  type LoginMethod,
} from '../domain/login/choose-login-method.js';
import { addClusterName, describeCluster, logIn } from '../domain/login/log-in.js';
import { checkToken, statedUrl } from '../domain/login/resolve-login.js';
import { DeskError } from '../errors/desk-error.js';
import { describeToken, type StoredCluster, type StoredLogin } from '../model/login.js';
import type { SettingSource } from '../model/settings.js';
import type { Question } from '../model/status.js';
import type { Token } from '../model/token.js';
import type { Accounts } from '../platform/accounts.js';
import type { Context } from './context.js';

export interface LoginOptions extends LoginInput {
  readonly cluster: string | undefined;
  readonly allowsHttp: boolean;
}

type LogInBy = (context: Context, options: LoginOptions) => Promise<StoredLogin>;

/** The login methods. Each reads or asks for its input and returns the login to store. */
export const logInBy: Readonly<Record<LoginMethod, LogInBy>> = {
  async token(context, options) {
    const { value: apiUrl, source } = await context.setting('apiUrl');
    const isGiven = apiUrl !== undefined && source !== 'profile';
    if (isGiven && options.cluster !== undefined) {
      // An API URL already belongs to one cluster.
      const second = API_URL_NAMES[source] ?? 'apiUrl';
      throw new DeskError('usage.conflict', { first: '--cluster', second });
    }
    const token = await readToken(context, options.readsToken);
    if (isGiven) {
      const platformUrl = statedUrl(await context.setting('platformUrl'));
      const login = describeToken(token, apiUrl, platformUrl, options.allowsHttp);
      return platformUrl === undefined
        ? login
        : addClusterName(login, await openAccounts(context, options));
    }
    const accounts = await openAccounts(context, options);
    return finish(context, options, accounts, [await describeCluster(accounts, token)], '');
  },

  async accessKey(context, options) {
    const example = LOGIN_EXAMPLES.accessKey;
    const user = options.user ?? (await askText(context, { kind: 'user' }, '--user', example));
    const accessKey =
      options.accessKey ?? (await askText(context, { kind: 'accessKey' }, '--access-key', example));
    const secretKey = await readSecret(context, { kind: 'secretKey' }, options.readsSecretKey);
    const accounts = await openAccounts(context, options);
    const tokens = await accounts.logInWithAccessKey({ user, accessKey, secretKey });
    const { value: authUrl } = await context.setting('authUrl');
    const kept = options.remembers ? { authUrl, accessKey, secretKey } : undefined;
    return { ...(await finish(context, options, accounts, tokens, user)), accessKey: kept };
  },

  async password(context, options) {
    const example = LOGIN_EXAMPLES.password;
    const user = options.user ?? (await askText(context, { kind: 'user' }, '--user', example));
    const orgId = options.orgId ?? (await askText(context, { kind: 'orgId' }, '--org-id', example));
    const password = await readSecret(context, { kind: 'password' }, options.readsPassword);
    const accounts = await openAccounts(context, options);
    const tokens = await accounts.logInWithPassword({ user, password, orgId });
    return finish(context, options, accounts, tokens, user);
  },
};

/** At the URLs of the settings. */
function openAccounts(context: Context, { allowsHttp }: LoginOptions): Promise<Accounts> {
  return context.accounts({ platformUrl: undefined, accessKey: undefined, allowsHttp });
}

/** Names of the API URL on the command line and in the environment; `apiUrl` in the settings. */
const API_URL_NAMES: Partial<Record<SettingSource, string>> = {
  option: '--api-url',
  env: 'HPC_DESK_API_URL',
};

async function finish(
  context: Context,
  options: LoginOptions,
  accounts: Accounts,
  tokens: readonly StoredCluster[],
  user: string,
): Promise<StoredLogin> {
  for (const { token } of tokens) if (token !== undefined) context.output.keepSecret(token);
  const { value: platformUrl } = await context.setting('platformUrl');
  const { ask } = context;
  return logIn(tokens, {
    accounts,
    platformUrl,
    allowsHttp: options.allowsHttp,
    user,
    clusterSelector: options.cluster,
    accessKey: undefined,
    pickCluster: ask.mayAsk ? (names) => ask.choose({ kind: 'cluster' }, names) : undefined,
  });
}

/** Reads the token from stdin, the environment or a prompt, in this order. */
async function readToken(context: Context, readsStdin: boolean): Promise<Token> {
  const { HPC_DESK_TOKEN } = context.runtime.environment;
  const text =
    !readsStdin && HPC_DESK_TOKEN
      ? HPC_DESK_TOKEN
      : await readSecret(context, { kind: 'token' }, readsStdin);
  const token = checkToken(text);
  context.output.keepSecret(token);
  return token;
}

/** Reads a secret from stdin, or with a prompt if stdin is a terminal in spite of `--…-stdin`. */
async function readSecret(
  context: Context,
  question: Question & { kind: 'token' | 'secretKey' | 'password' },
  readsStdin: boolean,
): Promise<string> {
  const { ask } = context;
  const isPiped = readsStdin && ask.stdin.isTTY !== true;
  const method = question.kind === 'secretKey' ? 'accessKey' : question.kind;
  const example = LOGIN_EXAMPLES[method];
  if (!isPiped && !ask.mayAsk) {
    throw new DeskError('usage.needsInput', { what: question.kind, example });
  }
  const secret = isPiped ? await readLine(ask.stdin) : await ask.secret(question);
  if (secret === '') throw new DeskError('usage.needsInput', { what: question.kind, example });
  context.output.keepSecret(secret);
  return secret;
}

async function askText(
  { ask }: Context,
  question: Question,
  option: string,
  example: string,
): Promise<string> {
  if (!ask.mayAsk) throw new DeskError('usage.missingOption', { option, example });
  return ask.text(question);
}

const MAX_CHARACTERS = 64 * 1024;

/**
 * Reads a piped secret to EOF and strips one line ending, like `docker login --password-stdin`. Input is truncated after
 * 64 Ki characters; validation rejects it then.
 */
export async function readLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MAX_CHARACTERS) break;
  }
  return text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
}
