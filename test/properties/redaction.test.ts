import fc from 'fast-check';
import { createRedactor } from '../../src/view/redact.js';
import { property } from './property.js';
import { anyText } from './texts.js';

const MASK = '[redacted]';
/** As our secrets are: from the wire, a prompt or a file, of visible characters; now and then a password with more. */
const secret = fc
  .oneof(
    fc.stringMatching(/^[!-~]{4,40}$/),
    fc.stringMatching(/^[A-Za-z0-9+/=_-]{16,64}$/),
    fc.string({ unit: fc.constantFrom(...'aB3$"\\/+=% é密🖥'), minLength: 4, maxLength: 12 }),
  )
  .filter((text) => text.length >= 4 && !MASK.includes(text));
/** All that the redactor promises to know. */
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

/** What is left of secrets between the marks. */
const survivors = (secrets: readonly string[], text: string) =>
  secrets.flatMap(formsOf).filter((form) => text.split(MASK).some((part) => part.includes(form)));

const DIGITS_ONLY = fc.string({ unit: fc.constantFrom(...'0123456789 .\n'), maxLength: 30 });
const LETTERS_ONLY = fc.string({
  unit: fc.constantFrom(...'ghijkGHIJK'),
  minLength: 4,
  maxLength: 30,
});

property(
  'no planted secret survives in any of its forms',
  1_000,
  planted,
  (input) =>
    survivors(input.secrets, redactorOf(input.secrets).redact(plant(input).text)).length === 0,
);

property('nor when the text is said piece by piece', 800, planted, (input) => {
  const { redact } = redactorOf(input.secrets);
  return plant(input).pieces.every((piece) => survivors(input.secrets, redact(piece)).length === 0);
});

property('nor when it is redacted again, or a secret is learnt later', 500, planted, (input) => {
  const redactor = redactorOf(input.secrets.slice(1));
  const once = redactor.redact(plant(input).text);
  redactor.keep(input.secrets[0] ?? '');
  return survivors(input.secrets, redactor.redact(once)).length === 0;
});

property(
  'what stands around secrets is left alone',
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
    // A base64 form of letters only would not be told from a secret; there is none of four letters and more with digits around.
    return redactorOf(secrets).redact(text) === write(() => MASK);
  },
);

property(
  'a text without secrets is left alone',
  800,
  fc.tuple(
    fc.array(LETTERS_ONLY, { maxLength: 3 }),
    fc.string({ unit: fc.constantFrom(...'0123456789 .,:;äö会🖥\x1b\n'), maxLength: 60 }),
  ),
  ([secrets, text]) => redactorOf(secrets).redact(text) === text,
);
