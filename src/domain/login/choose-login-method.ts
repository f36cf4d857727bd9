import { DeskError } from '../../errors/desk-error.js';

export type LoginMethod = 'token' | 'accessKey' | 'password';

/** Command-line input of a login. */
export interface LoginInput {
  readonly readsToken: boolean;
  readonly user: string | undefined;
  readonly accessKey: string | undefined;
  readonly readsSecretKey: boolean;
  readonly orgId: string | undefined;
  readonly readsPassword: boolean;
  readonly remembers: boolean;
  /** Only from the command line: a variable is a default for many runs. */
  readonly apiUrl: string | undefined;
}

export interface LoginSituation {
  readonly mayAsk: boolean;
  /** `HPC_DESK_TOKEN` is set. */
  readonly hasEnvironmentToken: boolean;
  /** An API URL is given for this run, which only a token can use. */
  readonly hasApiUrl: boolean;
}

export const LOGIN_EXAMPLES: Readonly<Record<LoginMethod, string>> = {
  token: 'hpc-desk login --token-stdin < token.txt',
  accessKey: 'hpc-desk login --user USER --access-key KEY --secret-key-stdin < secret.txt',
  password: 'hpc-desk login --user USER --org-id ID --password-stdin < password.txt',
};

/** In the order of the prompt. */
const METHODS: readonly LoginMethod[] = ['accessKey', 'password', 'token'];

/** Options of some methods only. */
const OPTIONS: readonly {
  readonly name: string;
  readonly key: keyof LoginInput;
  readonly methods: readonly LoginMethod[];
}[] = [
  { name: '--token-stdin', key: 'readsToken', methods: ['token'] },
  { name: '--access-key', key: 'accessKey', methods: ['accessKey'] },
  { name: '--secret-key-stdin', key: 'readsSecretKey', methods: ['accessKey'] },
  { name: '--remember', key: 'remembers', methods: ['accessKey'] },
  { name: '--org-id', key: 'orgId', methods: ['password'] },
  { name: '--password-stdin', key: 'readsPassword', methods: ['password'] },
  { name: '--user', key: 'user', methods: ['accessKey', 'password'] },
  { name: '--api-url', key: 'apiUrl', methods: ['token'] },
];

/**
 * The login methods that fit the input; if several remain, the user chooses.
 *
 * @throws usage.conflict for two options without a common method; usage.needsInput with an example command.
 */
export function chooseLoginMethods(
  input: LoginInput,
  { mayAsk, hasEnvironmentToken, hasApiUrl }: LoginSituation,
): readonly LoginMethod[] {
  const typed = OPTIONS.filter(({ key }) => input[key] !== undefined && input[key] !== false);
  for (const first of typed) {
    const isApart = (other: typeof first) =>
      !other.methods.some((method) => first.methods.includes(method));
    const second = typed.find(isApart);
    if (second !== undefined) {
      throw new DeskError('usage.conflict', { first: first.name, second: second.name });
    }
  }
  const fitting = METHODS.filter((method) =>
    typed.every(({ methods }) => methods.includes(method)),
  );
  if (fitting.length === 1) return fitting;
  if (fitting.includes('token') && (hasEnvironmentToken || hasApiUrl)) return ['token'];
  if (mayAsk) return fitting;
  const example = LOGIN_EXAMPLES.accessKey;
  throw new DeskError('usage.needsInput', { what: 'credentials', example });
}
