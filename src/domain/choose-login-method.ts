import { DeskError } from '../errors/desk-error.js';

export type LoginMethod = 'token' | 'accessKey' | 'password';

/** What was typed for a log-in. */
export interface LoginInput {
  readonly readsToken: boolean;
  readonly user: string | undefined;
  readonly accessKey: string | undefined;
  readonly readsSecretKey: boolean;
  readonly orgId: string | undefined;
  readonly readsPassword: boolean;
}

export interface LoginSituation {
  readonly mayAsk: boolean;
  /** `HPC_DESK_TOKEN` is set. */
  readonly hasEnvironmentToken: boolean;
  /** An API URL was given for this run: only a token goes with that. */
  readonly hasApiUrl: boolean;
}

export const LOGIN_EXAMPLES: Readonly<Record<LoginMethod, string>> = {
  token: 'hpc-desk login --token-stdin < token.txt',
  accessKey: 'hpc-desk login --user USER --access-key KEY --secret-key-stdin < secret.txt',
  password: 'hpc-desk login --user USER --org-id ID --password-stdin < password.txt',
};

/**
 * Decides how to log in from what was typed; undefined means that the user has to be asked.
 *
 * @throws usage.conflict, usage.needsInput with a whole command to type.
 */
export function chooseLoginMethod(
  input: LoginInput,
  situation: LoginSituation,
): LoginMethod | undefined {
  const named = namedMethods(input);
  const [first, second] = named;
  if (first !== undefined && second !== undefined) {
    throw new DeskError('usage.conflict', { first: first.option, second: second.option });
  }
  const method = first?.method ?? methodOfSituation(input, situation);
  if (method === undefined && !situation.mayAsk) {
    throw new DeskError('usage.needsInput', {
      what: 'credentials',
      example: LOGIN_EXAMPLES.accessKey,
    });
  }
  return method;
}

function namedMethods(
  input: LoginInput,
): readonly { readonly method: LoginMethod; readonly option: string }[] {
  return [
    ...(input.readsToken ? [{ method: 'token', option: '--token-stdin' } as const] : []),
    ...(input.readsSecretKey || input.accessKey !== undefined
      ? [{ method: 'accessKey', option: '--access-key' } as const]
      : []),
    ...(input.readsPassword || input.orgId !== undefined
      ? [{ method: 'password', option: '--org-id' } as const]
      : []),
  ];
}

function methodOfSituation(
  { user }: LoginInput,
  { hasEnvironmentToken, hasApiUrl }: LoginSituation,
): LoginMethod | undefined {
  return user === undefined && (hasEnvironmentToken || hasApiUrl) ? 'token' : undefined;
}
