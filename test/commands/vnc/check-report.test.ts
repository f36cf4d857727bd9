import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addToJobSummary,
  type CheckResult,
  toJobSummary,
  toJUnit,
  writeReport,
} from '../../../src/commands/vnc/check-report.js';
import { codeOf } from '../../helpers/code-of.js';
import { describeWith } from '../../helpers/real-components.js';
import { openTestDesk } from '../test-desk.js';

const AT = new Date('2026-05-01T04:00:00Z');

function resultWith(
  message: string,
  hint: string | null = null,
  desktopName = 'gv101:4',
): CheckResult {
  const failed = { status: 'fail', code: 'rfb.notRfb', details: { reason: message } } as const;
  return {
    healthy: false,
    checks: [
      {
        name: 'login',
        message: 'login accepted',
        hint: null,
        status: 'pass',
        code: 'blocked',
        details: { by: 'dns' },
        elapsedMs: 1234,
      },
      { name: 'rfb', message, hint, ...failed, elapsedMs: 5 },
      {
        name: 'frame',
        message: 'not checked',
        hint: null,
        status: 'skip',
        code: 'blocked',
        details: { by: 'rfb' },
        elapsedMs: 0,
      },
    ],
    rfb: { version: '003.008', securityTypes: [1], widthPx: 1280, heightPx: 720, desktopName },
  } as CheckResult;
}

/** Delimiters of attributes, elements, CDATA sections and lines, and characters that XML 1.0 cannot represent. */
const NASTY = 'a"b\'c<d>&amp;]]>\x00\x07\x1b[31m\u202e\ud800 \u2028--><script>\t\r\nz';

describe('the JUnit report', () => {
  it('has a test case for each check', () => {
    const xml = toJUnit(resultWith('no RFB'), AT);
    expect(xml).toContain('tests="3" failures="1" errors="0" skipped="1" time="1.239"');
    expect(xml).toContain('<testcase classname="hpc-desk vnc check" name="login" time="1.234"/>');
    expect(xml).toContain('name="frame" time="0.000"><skipped/></testcase>');
    expect(xml).toContain('<failure type="rfb.notRfb" message="no RFB">no RFB</failure>');
    expect(xml).toContain('timestamp="2026-05-01T04:00:00.000Z"');
  });
});

describeWith('python3', 'the JUnit report, parsed by an XML parser', () => {
  it.each(['plain', NASTY])('contains the message: %j', (text) => {
    const program = [
      'import sys, json, xml.etree.ElementTree as tree',
      'root = tree.fromstring(sys.stdin.buffer.read())',
      'found = root.findall(".//failure")',
      'print(json.dumps([len(root.findall(".//testcase")), [[f.get("message"), f.text, sorted(f.keys()), len(f)] for f in found]]))',
    ].join('\n');
    const stdout = execFileSync('python3', ['-c', program], {
      input: toJUnit(resultWith(text, text), AT),
    });
    const [cases, failures] = JSON.parse(stdout.toString());
    expect([cases, failures.length]).toEqual([3, 1]);
    const [[message, body, keys, children]] = failures;
    expect([keys, children]).toEqual([['message', 'type'], 0]);
    expect(message).toContain(text.startsWith('a') ? 'a"b\'c<d>&amp;]]>' : 'plain');
    expect(body).toBe(`${message}\nhint: ${message}`);
  });
});

describe('the job summary', () => {
  it('is a table followed by the failures', () => {
    expect(toJobSummary(resultWith('no RFB', 'try again'))).toBe(
      [
        '### hpc-desk vnc check: unhealthy',
        '',
        '| check | result | time |',
        '| --- | --- | ---: |',
        '| login | pass | 1234 ms |',
        '| rfb | fail | 5 ms |',
        '| frame | skip |  |',
        '',
        'no RFB',
        '',
        'Hint: try again',
        '',
        'gv101&#58;4, 1280×720',
        '',
        '',
      ].join('\n'),
    );
  });

  it.each([
    '[click](https://evil.example) ![x](//evil.example/p.png) www.evil.example @everyone #1',
    '<img src=x onerror=alert(1)> <!-- | a | b |',
    '`code` **bold** ~~no~~ \\[x\\] &#60;b&#62;',
    '\n# title\n- [ ] task\n```\n',
  ])('escapes all Markdown in server text: %j', (text) => {
    const summary = toJobSummary(resultWith(text, text, text));
    const own = toJobSummary(resultWith('', '', ''));
    const marks = (markdown: string) =>
      markdown.replaceAll(/&#\d+;/g, '').replaceAll(/[^!-/:-@[-`{-~]/g, '');
    expect(marks(summary)).toBe(marks(own));
    expect(summary.split('\n')).toHaveLength(own.split('\n').length);
  });
});

describe('a report', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-report-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('replaces the previous file, honours the umask, and leaves no temporary file', async () => {
    writeFileSync(at('one.xml'), 'old');
    await writeReport(at('one.xml'), 'new');
    expect(readFileSync(at('one.xml'), 'utf8')).toBe('new');
    expect(statSync(at('one.xml')).mode & 0o777).toBe(0o666 & ~process.umask());
    expect(readdirSync(folder)).toEqual(['one.xml']);
  });

  it('is written through a symbolic link, which is kept', async () => {
    writeFileSync(at('real.xml'), 'old');
    symlinkSync('real.xml', at('link.xml'));
    await writeReport(at('link.xml'), 'new');
    expect(readFileSync(at('real.xml'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['link.xml', 'real.xml']);
  });

  it('is written to a device without replacing it', async () => {
    await writeReport('/dev/null', 'new');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it.each(['missing/one.xml', '.'])(
    'fails with output.failed if it cannot be written to %s',
    async (name) => {
      expect(await codeOf(writeReport(at(name), 'new'))).toBe('output.failed');
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('is appended to the job summary only under GitHub Actions', async () => {
    const result = resultWith('no RFB');
    const summary = at('summary.md');
    await addToJobSummary({ GITHUB_STEP_SUMMARY: summary }, result);
    expect(readdirSync(folder)).toEqual([]);
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    await addToJobSummary(environment, result);
    await addToJobSummary(environment, result);
    expect(readFileSync(summary, 'utf8')).toBe(toJobSummary(result).repeat(2));
    await addToJobSummary(
      { ...environment, GITHUB_STEP_SUMMARY: at('missing/summary.md') },
      result,
    );
  });
});

describe('vnc check --report', () => {
  const desk = openTestDesk();
  it('writes the report and still prints the result', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-report-'));
    try {
      chmodSync(folder, 0o755);
      const file = join(folder, 'desktop.xml');
      const { exitCode, stdout } = await desk.run(`vnc check --json --report ${file}`);
      const { checks } = JSON.parse(stdout);
      const xml = readFileSync(file, 'utf8');
      expect(exitCode).toBe(8);
      for (const { name } of checks) expect(xml).toContain(`name="${name}"`);
      expect(xml).toContain('type="auth.required"');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
