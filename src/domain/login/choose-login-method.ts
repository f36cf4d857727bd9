import { DeskError } from '../../errors/desk-error.js';

export type LoginMethod = 'token' | 'accessKey' | 'password';

/** What was typed for a log-in. */
export interface LoginInput {
  readonly readsToken: boolean;
  readonly user: string | undefined;
  readonly accessKey: string | undefined;
  readonly readsSecretKey: boolean;
  readonly orgId: string | undefined;
  readonly readsPassword: boolean;
  readonly remembers: boolean;
  /** As an option of this run; a variable is a default for many. */
  readonly apiUrl: string | undefined;
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

/** In the order in which a person is asked. */
const METHODS: readonly LoginMethod[] = ['accessKey', 'password', 'token'];

interface LoginOption {
  readonly name: string;
  readonly isTyped: (input: LoginInput) => boolean;
  /** The ways to log in that it has a meaning for. */
  readonly methods: readonly LoginMethod[];
}

/** What belongs to some ways only; the URLs of an installation, and the cluster, may be said with each. */
const OPTIONS: readonly LoginOption[] = [
  { name: '--token-stdin', isTyped: ({ readsToken }) => readsToken, methods: ['token'] },
  {
    name: '--access-key',
    isTyped: ({ accessKey }) => accessKey !== undefined,
    methods: ['accessKey'],
  },
  {
    name: '--secret-key-stdin',
    isTyped: ({ readsSecretKey }) => readsSecretKey,
    methods: ['accessKey'],
  },
  { name: '--remember', isTyped: ({ remembers }) => remembers, methods: ['accessKey'] },
  { name: '--org-id', isTyped: ({ orgId }) => orgId !== undefined, methods: ['password'] },
  {
    name: '--password-stdin',
    isTyped: ({ readsPassword }) => readsPassword,
    methods: ['password'],
  },
  {
    name: '--user',
    isTyped: ({ user }) => user !== undefined,
    methods: ['accessKey', 'password'],
  },
  { name: '--api-url', isTyped: ({ apiUrl }) => apiUrl !== undefined, methods: ['token'] },
];

/**
 * Decides how to log in from what was typed; where several ways are left, the user has to be asked.
 *
 * @throws usage.conflict for two options that no way takes together; usage.needsInput with a whole command to type.
 */
export function chooseLoginMethods(
  input: LoginInput,
  situation: LoginSituation,
): readonly LoginMethod[] {
  const typed = OPTIONS.filter(({ isTyped }) => isTyped(input));
  refuseConflict(typed);
  const fitting = METHODS.filter((method) =>
    typed.every(({ methods }) => methods.includes(method)),
  );
  if (fitting.length === 1) return fitting;
  const { mayAsk, hasEnvironmentToken, hasApiUrl } = situation;
  if (fitting.includes('token') && (hasEnvironmentToken || hasApiUrl)) return ['token'];
  if (mayAsk) return fitting;
  throw new DeskError('usage.needsInput', {
    what: 'credentials',
    example: LOGIN_EXAMPLES.accessKey,
  });
}

function refuseConflict(typed: readonly LoginOption[]): void {
  for (const [index, first] of typed.entries()) {
    const second = typed
      .slice(index + 1)
      .find(({ methods }) => !methods.some((method) => first.methods.includes(method)));
    if (second !== undefined) {
      throw new DeskError('usage.conflict', { first: first.name, second: second.name });
    }
  }
}
