import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { type ReadHeader, type Reply, refuse } from './route.js';
import { isSame } from './tokens.js';

/** The account of a sandbox, with random secrets. */
export function createAccount() {
  return {
    /** Platform user name. */
    user: 'test',
    /** Linux user on the cluster. */
    clusterUser: 'test_1215',
    userId: String(randomInt(10_000_000_000, 99_999_999_999)),
    password: randomBytes(12).toString('base64url'),
    orgId: randomBytes(16).toString('hex'),
    /** 32 hexadecimal digits, as on the API page `get-user-tokens-aksk`. */
    accessKey: randomBytes(16).toString('hex'),
    secretKey: randomBytes(16).toString('hex'),
  };
}

export type Account = Readonly<ReturnType<typeof createAccount>>;

const CLOCK_WINDOW_MS = 5 * 60_000;

/**
 * Checks a login with access key and secret key; undefined when it is valid, else the error.
 *
 * The signature is the lower-case hexadecimal HMAC-SHA256, keyed with the secret key, of the compact JSON object
 * `{accessKey, timestamp, user}` in this order (API page `get-user-tokens-aksk`). The clock window of ±5 min is an
 * assumption; the page does not specify it.
 */
export function checkSignedLogin(
  account: Account,
  header: ReadHeader,
  now: Date,
): Reply | undefined {
  const names = ['user', 'accesskey', 'timestamp', 'signature'];
  const [user, accessKey, timestamp, signature] = names.map(header);
  if (!user || !accessKey || !timestamp || !signature) return refuse('10003');
  if (!/^\d{1,12}$/.test(timestamp)) return refuse('10004');
  if (user !== account.user) return refuse('10009', '用户不存在');
  if (accessKey !== account.accessKey) return refuse('10009', 'AK/SK不存在');
  if (Math.abs(Number(timestamp) * 1000 - now.getTime()) > CLOCK_WINDOW_MS) {
    return refuse('10009', '时间戳超出允许范围');
  }
  const message = JSON.stringify({ accessKey, timestamp, user });
  const expected = createHmac('sha256', account.secretKey).update(message).digest('hex');
  return isSame(signature, expected) ? undefined : refuse('10009', 'AK/SK签名校验失败');
}

/** Checks a login with password and organisation (API page `get-user-tokens`); undefined when it is valid. */
export function checkPasswordLogin(account: Account, header: ReadHeader): Reply | undefined {
  const [user, password, orgId] = [header('user'), header('password'), header('orgid')];
  if (!user || !password || !orgId) return refuse('10003');
  if (user !== account.user) return refuse('10009', '用户不存在');
  const isRight = isSame(password, account.password) && isSame(orgId, account.orgId);
  return isRight ? undefined : refuse('10009', '用户名或密码错误');
}
