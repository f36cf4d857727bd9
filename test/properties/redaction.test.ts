import fc from 'fast-check';
import { createRedactor } from '../../src/view/redact.js';
import { property } from './property.js';
import { anyText } from './texts.js';

const MASK = '[redacted]';
/** Like real secrets: visible ASCII from the wire, a prompt or a file; some passwords with other characters. */
const secret = fc
  .oneof(
    fc.stringMatching(/^[!-~]{4,40}$/),
    fc.stringMatching(/^[A-Za-z0-9+/=_-]{16,64}$/),
    fc.string({ unit: fc.constantFrom(...'aB3$"\\/+=% é密🖥'), minLength: 4, maxLength: 12 }),
  )
  .filter((text) => text.length >= 4 && !MASK.includes(text));
/** The forms that the redactor must recognise. */
const formsOf = (text: string): readonly string[] => [
  text,
  encodeURIComponent(text),
  Buffer.from(text).toString('base64').replace(/=+$/, ''),
  Buffer.from(text).toString('base64url'),
  JSON.stringify(text).slice(1, -1),
];
const place = fc.tuple(anyText, fc.nat(4), fc.nat());
const planted = fc.record({
  secrets: fc.array(secret, { minLength: 1, maxLength: 3 }),
  places: fc.array(place, { minLength: 1, maxLength: 5 }),
  end: anyText,
});

function plant({
  secrets,
  places,
  end,
}: {
  secrets: string[];
  places: [string, number, number][];
  end: string;
}) {
  const pieces = places.map(
    ([before, form, which]) => before + formsOf(secrets[which % secrets.length] ?? '')[form],
  );
  return { pieces, text: pieces.join('') + end };
}

function redactorOf(secrets: readonly string[]) {
  const redactor = createRedactor();
  for (const one of secrets) redactor.keep(one);
  return redactor;
}

/** The forms of secrets that are left outside the masks. */
const survivors = (secrets: readonly string[], text: string) =>
  secrets.flatMap(formsOf).filter((form) => text.split(MASK).some((part) => part.includes(form)));

const DIGITS_ONLY = fc.string({ unit: fc.constantFrom(...'0123456789 .\n'), maxLength: 30 });
const LETTERS_ONLY = fc.string({
  unit: fc.constantFrom(...'ghijkGHIJK'),
  minLength: 4,
  maxLength: 30,
});

property(
  'no secret remains in any of its forms',
  1_000,
  planted,
  (input) =>
    survivors(input.secrets, redactorOf(input.secrets).redact(plant(input).text)).length === 0,
);

property('no secret remains when the text is redacted piece by piece', 800, planted, (input) => {
  const { redact } = redactorOf(input.secrets);
  return plant(input).pieces.every((piece) => survivors(input.secrets, redact(piece)).length === 0);
});

property('no secret remains when redacted again with a secret added', 500, planted, (input) => {
  const redactor = redactorOf(input.secrets.slice(1));
  const once = redactor.redact(plant(input).text);
  redactor.keep(input.secrets[0] ?? '');
  return survivors(input.secrets, redactor.redact(once)).length === 0;
});

property(
  'text around secrets is unchanged',
  1_200,
  fc.tuple(
    fc.array(LETTERS_ONLY, { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(DIGITS_ONLY, fc.nat()), { maxLength: 5 }),
    DIGITS_ONLY,
  ),
  ([secrets, places, end]) => {
    const write = (of: (which: number) => string) =>
      places.map(([before, which]) => `${before}1${of(which)}1`).join('') + end;
    const text = write((which) => secrets[which % secrets.length] ?? '');
    // The secrets consist of letters and the text around them of digits, so that no encoded form occurs by accident.
    return redactorOf(secrets).redact(text) === write(() => MASK);
  },
);

property(
  'text without secrets is unchanged',
  800,
  fc.tuple(
    fc.array(LETTERS_ONLY, { maxLength: 3 }),
    fc.string({ unit: fc.constantFrom(...'0123456789 .,:;äö会🖥\x1b\n'), maxLength: 60 }),
  ),
  ([secrets, text]) => redactorOf(secrets).redact(text) === text,
);
