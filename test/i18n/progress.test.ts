import { expect, it } from 'vitest';
import { en } from '../../src/i18n/en/index.js';
import { writeQuestion, writeStatus } from '../../src/i18n/messages.js';
import { zh } from '../../src/i18n/zh/index.js';
import { type Endpoint, type LoginNode, parseLoginNode } from '../../src/model/endpoint.js';
import type { Question, StatusMessage } from '../../src/model/status.js';

type Row<Told> = readonly [told: Omit<Told, 'kind'>, ...words: (string | RegExp)[]];
type Table<Told extends { readonly kind: string }> = {
  readonly [Kind in Told['kind']]: readonly Row<Told & { readonly kind: Kind }>[];
};

const origin = 'https://api.example:65011';
const path = '/home/me/key file';
const target = { host: '10.0.41.101', port: 5904 } as unknown as Endpoint;
const via = parseLoginNode('me@login.example:65051') as LoginNode;
const waiting = { tries: 2, elapsedMs: 120_000, nextTryInMs: 15_000, remainingMs: 480_000 };

/** Every kind of message, with the text that it must contain in each language. */
const MESSAGES: Table<StatusMessage> = {
  asking: [[{ origin }, origin]],
  creating: [[{ origin }, origin]],
  deleting: [[{ sessionId: 'gv101--me--4' }, 'gv101--me--4']],
  routing: [
    [{ route: { kind: 'direct', target } }, '10.0.41.101:5904'],
    [{ route: { kind: 'ssh', target, via } }, '10.0.41.101:5904', 'me@login.example:65051'],
  ],
  sshAlive: [[{}, 'ssh']],
  greeted: [[{ target, rfbVersion: '003.008' }, '3.8']],
  viewing: [[{ viewer: 'TigerVNC' }, 'TigerVNC']],
  passwordCopied: [[{}, 'VNC']],
  passwordNotCopied: [[{}, 'VNC']],
  nothingToType: [[{ target }, '10.0.41.101:5904']],
  inUse: [[{}]],
  idle: [[{}]],
  deserted: [[{ endsInMs: 30_000 }, '30']],
  lost: [[{ reason: 'Broken pipe' }, 'Broken pipe']],
  redialling: [[{ tries: 3, nextTryInMs: 8000 }, '3', '8']],
  restored: [[{}]],
  sessionGone: [[{ name: 'gv101:4' }, 'gv101:4']],
  keyExpires: [[{ path, leftMs: 7_200_000 }, path, '2']],
  keyExpired: [[{ path, expiredAt: '2026-03-01 12:00' }, path, '2026-03-01 12:00']],
  keyOpen: [[{ path }, path, "chmod 600 '/home/me/key file'"]],
  watching: [[{ name: 'gv101:4' }, 'gv101:4', 'Ctrl-C']],
  startingSandbox: [[{}]],
  waiting: [
    [{ ...waiting, reason: 'busy' }, /busy|繁忙/, '2', '15', '8', '3'],
    [{ ...waiting, reason: 'rateLimited' }, /platform|平台/, '2', '15', '8', '3'],
  ],
  waitStopped: [
    [{ mayExist: true }, 'hpc-desk vnc list'],
    [{ mayExist: false }, /no session|没有创建/],
  ],
  clockSkewed: [
    [{ offsetMs: -300_000 }, /(?<!-)5/, /ahead of|快/],
    [{ offsetMs: 300_000 }, '5', /behind|慢/],
  ],
  keyStored: [[{ path }, path]],
  notSaved: [[{ path }, path]],
  tokenEndsSoon: [[{ minutes: 7 }, '7']],
  tunnelsRunning: [
    [{ count: 1 }, '1'],
    [{ count: 2 }, '2'],
  ],
  openingPage: [[{}]],
  pageNotOpened: [[{ outcome: 'failed' }, 'Snap'], [{ outcome: 'impossible' }]],
  sweepSoon: [[{ minutes: 9, sweepAt: '2026-11-25T17:00:00.000Z' }, '9']],
};

const QUESTIONS: Table<Question> = {
  token: [[{}]],
  loginMethod: [[{}]],
  user: [[{}]],
  accessKey: [[{}, 'Access key']],
  secretKey: [[{}, 'Secret key']],
  orgId: [[{}, /id|ID/]],
  password: [[{}]],
  cluster: [[{}]],
  deleteSession: [[{ name: 'gv101:4' }, 'gv101:4']],
  writeReport: [[{ file: 'report.txt' }, 'report.txt']],
  copyPassword: [[{ viewer: 'Vinagre' }, 'Vinagre', 'VNC']],
};

const rowsOf = (table: Table<StatusMessage> | Table<Question>) =>
  Object.entries(table).flatMap(([kind, rows]) =>
    rows.map(([told, ...words]: Row<object>) => ({ told: { kind, ...told }, words })),
  );
const LANGUAGES = [
  ['English', en, /^[^\p{Script=Han}]+$/u],
  ['Chinese', zh, /[\p{Script=Han}：]/u],
] as const;

for (const [language, catalogue, script] of LANGUAGES) {
  const messages = rowsOf(MESSAGES).map(
    ({ told, words }) => [writeStatus(told as StatusMessage, catalogue), words] as const,
  );
  const questions = rowsOf(QUESTIONS).map(
    ({ told, words }) => [writeQuestion(told as Question, catalogue), words] as const,
  );

  it.each([...messages, ...questions])(`${language} text has all details: %s`, (text, words) => {
    expect(text).toMatch(script);
    expect(text).toMatch(/^\S.*$/);
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    for (const word of words) expect(text).toMatch(word);
  });

  it(`all messages and questions differ in ${language}`, () => {
    const texts = [...messages, ...questions].map(([text]) => text);
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });
}
