import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeToken } from '../helpers/make-token.js';
import { writeLogins } from './live-home.js';
import { openFinder } from './open-finder.js';

const finder = openFinder();

describe('local candidates', () => {
  it('for clusters are the usable clusters of the login', async () => {
    const clusters = [
      { id: '11250', name: '华东一区【昆山】', token: makeToken() },
      { id: '11300', name: '西南', token: undefined },
      { id: '11400', name: 'a\nb', token: makeToken() },
    ];
    writeLogins(finder.folder, 'https://x.example', { default: { clusters }, other: {} });
    expect(await finder.find('clusters')).toBe('11250\t华东一区【昆山】\n11400\ta\\x0ab\n');
    expect(await finder.find('clusters', { words: '--profile other' })).toBe(
      '11250\t华东一区【昆山】\n',
    );
    expect(await finder.find('clusters', { words: '--profile nobody' })).toBe('');
  });

  it('for profiles are the profile names with user and cluster', async () => {
    writeLogins(finder.folder, 'https://x.example', {
      work: { user: 'you' },
      default: {},
      'a b': {},
    });
    expect(await finder.find('profiles')).toBe(
      'default\tme, 华东一区【昆山】\nwork\tyou, 华东一区【昆山】\n',
    );
  });

  it('for viewers are the viewers in PATH, found without running them', async () => {
    const bin = join(finder.folder, '..', 'bin');
    writeLogins(bin, 'https://x.example');
    const program = join(bin, 'xtigervncviewer');
    writeFileSync(program, `#!/bin/sh\ntouch ${bin}/started\n`, { mode: 0o755 });
    expect(await finder.find('viewers', { environment: { PATH: bin } })).toContain(
      'tigervnc\tTigerVNC\n',
    );
    expect(readdirSync(bin)).not.toContain('started');
  });

  it.each([
    'null',
    '[]',
    '{"profiles":[]}',
    '{"profiles":{"default":7}}',
    '{"profiles":{"default":{"clusters":{}}}}',
    '{',
  ])('are empty if the credentials file contains %s', async (text) => {
    writeLogins(finder.folder, 'https://x.example');
    writeFileSync(join(finder.folder, 'credentials.json'), text);
    expect(await finder.find('clusters')).toBe('');
    expect((await finder.find('profiles')).replace('default\t\n', '')).toBe('');
  });
});
