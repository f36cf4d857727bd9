import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isDeskError } from '../../../src/errors/desk-error.js';
import type { Session } from '../../../src/model/session.js';
import { sample } from '../../helpers/deep.js';
import { ARGUMENT_FAMILIES, ARGUMENT_STRINGS } from './argument-strings.js';
import { isForbiddenAddress } from './is-forbidden-address.js';
import { createJudge, quoted, same } from './judge.js';
import {
  receiveCenter,
  receiveCluster,
  receiveLaunchUrl,
  receiveRefusal,
  receiveSession,
  SESSION_FIELDS_ON_WIRE,
  type SessionField,
} from './receive.js';
import { deletePath, startingWords } from './starting-sinks.js';
import { resultOfCheck, resultsOf, resultsOfLogin } from './text-sinks.js';

const judge = createJudge();
const { check } = judge;

const HARMLESS = valueIn(receiveSession({}));
const HARMLESS_WORDS = startingWords(HARMLESS);

describe.each(Object.entries(ARGUMENT_FAMILIES))('%s', (_family, all) => {
  const strings = sample(all, 32);

  it.each(SESSION_FIELDS_ON_WIRE)('in the session field %s', (field) => {
    expect(strings.flatMap((text) => judgeSession(field, text))).toEqual([]);
  });

  it('as the cluster user', () => {
    const failures = strings.flatMap((text) => {
      const words = startingWords(HARMLESS, text);
      const isName = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/.test(text);
      return Object.entries(words).flatMap(([sink, list]) => {
        const usual = HARMLESS_WORDS[sink] ?? [];
        const expected = isName ? withUser(usual, text) : withoutUser(usual);
        return check(
          same(list.map(plainly), expected.map(plainly)),
          () => `${sink}: ${quoted(text)}`,
        );
      });
    });
    expect(failures).toEqual([]);
  });

  it('as the code, message or Location of a response', () => {
    const fields = ['code', 'msg', 'message', 'location'] as const;
    const failures = strings.flatMap((text) =>
      fields.flatMap((field) => {
        const error = receiveRefusal(field, text);
        return error === undefined ? [] : judge.error(error, `${field} ${quoted(text)}`);
      }),
    );
    expect(failures).toEqual([]);
  });

  it('as the name of a desktop, a user or a cluster', () => {
    const failures = strings.flatMap((text) => [
      ...judge.results([resultOfCheck(text)], quoted(text)),
      ...judge.results(resultsOfLogin(text, text, text), quoted(text)),
      ...(['clusterId', 'clusterName'] as const).flatMap((field) => {
        const received = receiveCluster(field, text);
        return 'error' in received ? judge.error(received.error, `${field} ${quoted(text)}`) : [];
      }),
      ...(['id', 'name', 'userName'] as const).flatMap((field) => {
        const received = receiveCenter(field, text);
        return 'error' in received ? judge.error(received.error, `${field} ${quoted(text)}`) : [];
      }),
    ]);
    expect(failures).toEqual([]);
  });

  it('as a service URL or a launch URL', () => {
    const failures = strings.flatMap((text) => {
      const urls = valueIn(receiveCenter('url', text)).apiUrls;
      const launch = receiveLaunchUrl(text);
      return [
        ...urls.flatMap((url) =>
          check(isPlainUrl(url, text), () => `service ${quoted(text)}: ${url}`),
        ),
        ...('error' in launch
          ? judge.error(launch.error, `launch URL ${quoted(text)}`)
          : check(
              isPlainUrl(launch.value, text),
              () => `launch URL ${quoted(text)}: ${launch.value}`,
            )),
      ];
    });
    expect(failures).toEqual([]);
  });
});

it('the harmless values that every row is compared with are accepted', () => {
  expect(HARMLESS_WORDS['arguments of ssh']?.slice(-6)).toEqual([
    ...['-p', '65023', '-W', '10.0.41.101:5904', '--', 'login.example'],
  ]);
  expect(ARGUMENT_STRINGS.map((text) => receiveSession({ ip: text })).some(isTaken)).toBe(true);
  expect(ARGUMENT_STRINGS.map((text) => receiveSession({ sid: text })).some(isTaken)).toBe(true);
});

function judgeSession(field: SessionField, text: string): readonly string[] {
  const received = receiveSession({ [field]: text });
  const what = `${field} ${quoted(text)}`;
  if ('error' in received) {
    const { code } = received.error;
    const isRefusal = code === 'unsafe.value' || code === 'network.unusableAnswer';
    return [...check(isRefusal, () => `${what}: ${code}`), ...judge.error(received.error, what)];
  }
  return [
    ...judgeStart(field, text, received.value, what),
    ...judge.results(resultsOf(received.value, field), what),
    ...(field === 'sessionId' ? judgePath(text, what) : []),
  ];
}

/** Only an address and a display become arguments of other programs, and only if they need no quotes. */
function judgeStart(field: SessionField, text: string, session: Session, what: string) {
  const isPlain =
    field === 'ip'
      ? isIP(text) !== 0 && /^[\da-fA-F.:]+$/.test(text) && !isForbiddenAddress(text)
      : field !== 'sid' || (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 59_635);
  const place = session.ip.includes(':') ? `[${session.ip}]` : session.ip;
  const expected = (word: string) =>
    word
      .replaceAll('10.0.41.101', place)
      // Sinks that format host and port themselves do the same for IPv6.
      .replaceAll(String(HARMLESS.port), String(session.port));
  return [
    ...check(isPlain, () => `${what}: taken`),
    ...Object.entries(startingWords(session)).flatMap(([sink, words]) => {
      const usual = (HARMLESS_WORDS[sink] ?? []).map(expected);
      return check(same(words.map(plainly), usual.map(plainly)), () => `${what} in ${sink}`);
    }),
  ];
}

/** Removes quotes and brackets and masks display numbers, which depend on the value. */
function plainly(word: string): string {
  return word.replaceAll(/['[\]]/g, '').replace(/:\d+( |$)/g, ':N$1');
}

function judgePath(sessionId: string, what: string): readonly string[] {
  try {
    const path = deletePath(sessionId);
    const segment = path.split('/').at(-1) ?? '';
    const isOneSegment =
      path.split('/').length === 6 &&
      decodeURIComponent(segment) === sessionId &&
      new URL(path, 'https://x.example').pathname === path;
    return check(isOneSegment, () => `${what} in the path: ${path}`);
  } catch (error) {
    return check(isDeskError(error, 'unsafe.value'), () => `${what} in the path: ${error}`);
  }
}

function isPlainUrl(url: string, text: string): boolean {
  const { protocol, username, password, href } = new URL(url);
  return (
    /^https?:$/.test(protocol) &&
    username + password === '' &&
    /^[!-~]+$/.test(url) &&
    !/["<>\\ ]/.test(url) &&
    (href === url || href === `${url}/`) &&
    (/^https?:\/\//i.test(text) || text.startsWith('/'))
  );
}

function withUser(words: readonly string[], user: string): readonly string[] {
  const line = (word: string) => plainly(word).replace(/ -l me /, ` -l ${user} `);
  return words.map((word, index) => (words[index - 1] === '-l' ? user : line(word)));
}

function withoutUser(words: readonly string[]): readonly string[] {
  return words
    .filter((word, index) => word !== '-l' && words[index - 1] !== '-l')
    .map((word) => plainly(word).replace(/ -l me /, ' '));
}

function isTaken(received: ReturnType<typeof receiveSession>): boolean {
  return 'value' in received;
}

function valueIn<Value>(received: { readonly value: Value } | { readonly error: Error }): Value {
  if ('error' in received) throw received.error;
  return received.value;
}
