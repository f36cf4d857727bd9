import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/cli/parse/program.js';
import { commands } from '../../src/commands/index.js';
import { en } from '../../src/i18n/en/index.js';
import { writeText } from '../../src/i18n/messages.js';
import { zh } from '../../src/i18n/zh/index.js';
import type { FindingCode } from '../../src/model/finding.js';

/** The details of all findings; each text uses what it needs. */
const EVERYTHING = {
  by: 'dns',
  step: 'frame',
  leftMs: 86_400_000,
  expiredAt: '2026-03-01T12:00:00Z',
  after: 'session',
  limitMs: 5_000,
  path: '/home/me/x',
  used: '/tmp',
  set: ['via'],
  columns: 80,
  hasColor: true,
  locale: 'C',
  port: 40_001,
  reason: 'ECONNREFUSED',
  origin: 'https://api.example',
  proxy: 'http://proxy.example:3128',
  host: 'login.example',
  addresses: ['203.0.113.5'],
  status: 200,
  offsetSeconds: 3600,
  user: 'zhang',
  expiresAt: '2026-03-01T12:00:00Z',
  minutes: 5,
  schedulers: ['SLURM'],
  version: 'OpenSSH_9.2p1',
  inAgent: 1,
  files: ['/home/me/.ssh/id_ed25519'],
  agent: 'empty',
  fingerprints: ['ED25519 SHA256:x'],
  command: 'ssh -p 65023 me@login.example',
  via: 'me@login.example:65023',
  timeoutMs: 4_500,
  target: '10.0.0.7:5904',
  rfbVersion: '003.008',
  name: 'TigerVNC',
  problem: 'deadDisplay',
  count: 2,
  mebibytes: 3906,
  install: 'brew install tiger-vnc',
  ids: ['1f2e3d4c'],
  opener: '/usr/bin/xdg-open',
};

describe.each([
  ['English', en],
  ['Chinese', zh],
])('findings in %s', (language, catalogue) => {
  const codes = Object.keys(catalogue.findings).filter((code) => !code.endsWith('.hint'));
  const texts = (codes as FindingCode[]).map((code) => ({
    code,
    ...writeText({ code, details: EVERYTHING }, catalogue),
  }));

  it.each(texts)('$code is one sentence: $message', ({ message, hint }) => {
    for (const text of hint === undefined ? [message] : [message, hint]) {
      expect(text).toMatch(/^\S.*[^\s.。！!？?，,：:；;]$/);
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    }
    if (language === 'Chinese') expect(message).toMatch(/\p{Script=Han}/u);
  });

  const lines = texts.flatMap(
    ({ hint = '' }) =>
      /hpc-desk (config|doctor|login|tunnels|viewers|vnc)[^<，（）)”]*/.exec(hint)?.[0] ?? [],
  );
  it.each([...new Set(lines)])('suggest a valid command line: %s', (line) => {
    const words = line.replace('HOST:PORT', 'host.example:65051').trim().split(' ').slice(1);
    const options = { messages: en, version: '1.2.3', columns: 80, hasColor: false };
    expect(() => parseCommandLine(commands, words, options)).not.toThrow();
  });
});
