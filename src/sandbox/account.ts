import { randomBytes, randomInt } from 'node:crypto';

/** The one account of a sandbox, with every way to log in. */
export interface Account {
  /** Platform login name. */
  readonly user: string;
  /** Linux user on the cluster. */
  readonly clusterUser: string;
  readonly userId: string;
  readonly password: string;
  readonly orgId: string;
  /** 32 hexadecimal digits, as on the API page `get-user-tokens-aksk`. */
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Makes an account whose secrets are fresh. */
export function createAccount(): Account {
  return {
    user: 'test',
    clusterUser: 'test_1215',
    userId: String(randomInt(10_000_000_000, 99_999_999_999)),
    password: randomBytes(12).toString('base64url'),
    orgId: randomBytes(16).toString('hex'),
    accessKey: randomBytes(16).toString('hex'),
    secretKey: randomBytes(16).toString('hex'),
  };
}
