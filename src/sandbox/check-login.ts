import { createHmac } from 'node:crypto';
import type { Account } from './account.js';
import { type Reply, refuse } from './reply.js';
import { isSame } from './tokens.js';

/** Reads one request header by its lower-case name. */
export type ReadHeader = (name: string) => string | undefined;

const CLOCK_WINDOW_MS = 5 * 60_000;

/**
 * Judges a log-in with access key and secret key: undefined when it is right, else the refusal.
 *
 * The signature is the lower-case hexadecimal HMAC-SHA256, under the secret key, of the compact JSON object
 * `{accessKey, timestamp, user}` in this order (API page `get-user-tokens-aksk`). The width of the clock window,
 * five minutes either way, is the sandbox's own: the page does not tell.
 */
export function checkSignedLogin(
  account: Account,
  header: ReadHeader,
  now: Date,
): Reply | undefined {
  const [user, accessKey, timestamp, signature] = [
    header('user'),
    header('accesskey'),
    header('timestamp'),
    header('signature'),
  ];
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

/** Judges a log-in with password and organisation (API page `get-user-tokens`): undefined when it is right. */
export function checkPasswordLogin(account: Account, header: ReadHeader): Reply | undefined {
  const [user, password, orgId] = [header('user'), header('password'), header('orgid')];
  if (!user || !password || !orgId) return refuse('10003');
  if (user !== account.user) return refuse('10009', '用户不存在');
  const isRight = isSame(password, account.password) && isSame(orgId, account.orgId);
  return isRight ? undefined : refuse('10009', '用户名或密码错误');
}
