import { judgeToken } from '../../domain/login/renew-login.js';
import { resolveLogin } from '../../domain/login/resolve-login.js';
import type { Session } from '../../model/session.js';
import type { Setting, SettingName } from '../../model/settings.js';
import { createPlatform } from '../../platform/remote/create-platform.js';
import { parseLoginEntry } from '../../store/credentials.js';
import { httpDefaults } from '../http-defaults.js';
import type { CompletionProcess } from '../run/process-context.js';

export interface SessionQuestion {
  readonly processContext: CompletionProcess;
  readonly profile: string;
  /** Unvalidated file content. */
  readonly login: unknown;
  setting<Name extends SettingName>(name: Name): Setting<Name>;
}

const LIMIT_MS = 700;

/** Lists the user's sessions with a single request, without retry, renewal or login. @throws on any failure */
export async function askForSessions(question: SessionQuestion): Promise<readonly Session[]> {
  const { processContext, profile, setting } = question;
  const { apiUrl, allowsHttp, token, expiresAt, clockOffsetMs } = resolveLogin({
    profile,
    stored: question.login === undefined ? undefined : parseLoginEntry(question.login),
    environmentToken: processContext.environment.HPC_DESK_TOKEN,
    apiUrl: setting('apiUrl'),
    platformUrl: setting('platformUrl'),
  });
  const client = httpDefaults(processContext);
  client.serverClock.assume(clockOffsetMs);
  const state = judgeToken(expiresAt, client.serverClock.now());
  if (state === 'renewable' || state === 'dead') return Promise.reject(new Error(state));

  const startedAtMs = processContext.now().getTime();
  const platform = createPlatform({
    ...client,
    // Prevents retries.
    sleep: () => Promise.reject(new Error('once')),
    signal: AbortSignal.timeout(LIMIT_MS),
    log: () => {},
    apiUrls: [apiUrl],
    allowsHttp,
    token,
    clock: {
      timeZone: setting('timeZone').value,
      sweepHour: setting('sweepHour').value,
    },
    remainingMs: () => startedAtMs + LIMIT_MS - processContext.now().getTime(),
    // Nothing connects to the addresses.
    allowLoopback: true,
  });
  try {
    return await platform.listSessions();
  } finally {
    await platform.close();
  }
}
