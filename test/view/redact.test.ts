import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeJson, visible } from '../../src/model/sanitize.js';
import { createRedactor } from '../../src/view/redact.js';

/** The coloured heart contains an invisible variation selector (U+FE0F). */
const ODD = '\u2764\ufe0f<p&"4\'s !';
const SECRET = 'p4ss "word"/+=\u00e9';

function redactorOf(...secrets: string[]) {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.keep(secret);
  return redactor;
}

describe('a known secret', () => {
  it.each([
    ['as it is', SECRET],
    ['percent-encoded', encodeURIComponent(SECRET)],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 without padding', Buffer.from(SECRET).toString('base64').replace(/=+$/, '')],
    ['in base64url', Buffer.from(SECRET).toString('base64url')],
    ['inside JSON', JSON.stringify({ token: SECRET }).slice(10, -2)],
  ])('is masked %s', (_, form) => {
    const text = redactorOf(SECRET).redact(`before ${form} after ${form}`);
    expect(text).not.toContain(form);
    expect(text).toMatch(/^before \[redacted\]=* after \[redacted\]=*$/);
  });

  it.each([
    ['as the output filter escapes it', visible(ODD)],
    ['as JSON on a terminal', escapeJson(JSON.stringify(ODD).slice(1, -1))],
    ['as the gate shows it, inside JSON', JSON.stringify(visible(ODD)).slice(1, -1)],
    ['as a form sends it', new URLSearchParams({ p: ODD }).toString().slice(2)],
    [
      'percent-encoded in lower case',
      encodeURIComponent(ODD).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ['in HTML', '\u2764\ufe0f&lt;p&amp;&quot;4&#39;s !'],
  ])('with characters that other programs encode is masked %s', (_, form) => {
    expect(redactorOf(ODD).redact(`before ${form} after`)).toBe('before [redacted] after');
  });

  it.each(['nope-token', 'token-nope'])('keeps JSON valid when %s follows an escape', (secret) => {
    const message = `a\n${secret} and \t${secret} and ${secret}`;
    const json = redactorOf(secret).redact(JSON.stringify({ message }));
    expect(json).not.toContain(secret.slice(1));
    expect(JSON.parse(json)).toHaveProperty('message');
  });

  it.each([
    ['p4ss', 'cDRzcw==', '[redacted]=='],
    ['p4ss', 'cDRzcw', '[redacted]'],
    ['p4ss!', 'cDRzcyE=', '[redacted]='],
    ['>>>???', 'Pj4+Pz8/', '[redacted]'],
    ['>>>???', 'Pj4-Pz8_', '[redacted]'],
  ])('that is short is masked in base64: %j as %s', (secret, form, masked) => {
    expect(redactorOf(secret).redact(`Basic ${form}`)).toBe(`Basic ${masked}`);
  });

  it.each([
    ['hunter2', 'hunter2~', '[redacted]n4='],
    ['hunter2', 'xhunter2~', 'eG[redacted]J+'],
    ['hunter2', 'xxhunter2~', 'eHh[redacted]fg=='],
    ['hunter', 'hunter~', '[redacted]fg=='],
    ['hunter', 'xhunter~', 'eGh1bnRlcn4='],
    ['pass', 'pass~', 'cGFzc34='],
  ])(
    '%j within %j is masked in base64 if eight characters encode only the secret',
    (secret, text, masked) => {
      expect(redactorOf(secret).redact(Buffer.from(text).toString('base64'))).toBe(masked);
    },
  );

  it.each(['', 'x', 'xx'])('is masked in the base64 of a longer text, after %j', (before) => {
    const secret = 'sk-8d2b6a04f9e7153c';
    const form = Buffer.from(`${before}${secret}.`).toString('base64');
    const text = redactorOf(secret).redact(`Basic ${form}`);
    expect(text).toContain('[redacted]');
    expect(text.length).toBeLessThan('Basic [redacted]'.length + 8);
  });

  it.each([
    ['sk-8d2b6a04f9e7153c', 'bad key: sk-8d2b6a04f9', 'bad key: [redacted]'],
    ['sk-8d2b6a04f9e7153c', 'sk-8d2b6a04f9… sk-8d2b6a04f9e7153c', '[redacted]… [redacted]'],
    ['sk-8d2b6a04f9e7153c', 'bad key: sk-8d2b', 'bad key: sk-8d2b'],
    [
      'http://127.0.0.1:40000/#Wm5uC8hN1oXeWm5uC8hN1oXe',
      'http://127.0.0.1:40000',
      'http://127.0.0.1:40000',
    ],
    ['0123456789ab', '0123456789a', '0123456789a'],
    ['p4ss', 'p4ss, p4s', '[redacted], p4s'],
  ])('%j redacts %j to %j', (secret, text, masked) => {
    expect(redactorOf(secret).redact(text)).toBe(masked);
  });

  it('is masked completely when another secret is part of it', () => {
    const { redact } = redactorOf('secret', 'secret-and-more');
    expect(redact('secret-and-more, secret')).toBe('[redacted], [redacted]');
  });

  it('may contain an unpaired surrogate', () => {
    expect(redactorOf('\ud800abcd').redact('x\ud800abcdx')).toBe('x[redacted]x');
  });

  it('is not masked when it is so short that it occurs in ordinary words', () => {
    expect(redactorOf('', 'a', 'the').redact('then a day')).toBe('then a day');
  });

  it('is masked in any surrounding text', () => {
    const secret = fc
      .stringMatching(/^[!-~]{8,40}$/)
      .filter((text) => !'[redacted]'.includes(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (kept, before, after) => {
        const text = `${before}${kept}${after}`;
        expect(redactorOf(kept).redact(text).replaceAll('[redacted]', '\0')).not.toContain(kept);
      }),
    );
  });
});

describe('an unregistered token', () => {
  it.each([
    'eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiYSJ9.c2lnbmF0dXJl',
    'eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiYSJ9.',
  ])('is masked if it has the form of a JWT: %s', (token) => {
    expect(createRedactor().redact(`token: ${token}`)).toBe('token: [redacted]');
  });

  it.each(['eyJ', 'a.b.c', 'api.scnet.cn', 'eyJhbGci.x.y'])('is not detected in %s', (text) => {
    expect(createRedactor().redact(text)).toBe(text);
  });
});
