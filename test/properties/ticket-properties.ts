import fc from 'fast-check';
import { createTickets, LINK_LIFE_MS, type Tickets } from '../../src/transport/bridge/tickets.js';
import type { Property } from './property.js';
import { anyText } from './texts.js';

/** What a bridge has given out, as somebody with a notebook would keep it. */
interface Notebook {
  nowMs: number;
  readonly links: { readonly secret: string; readonly endsAtMs: number; isSpent: boolean }[];
  readonly keys: string[];
}

interface Bridge {
  readonly tickets: Tickets;
  readonly notebook: Notebook;
}

type Step = fc.Command<Notebook, Bridge>;

function step(title: string, run: (bridge: Bridge) => void): Step {
  return { check: () => true, run: (_, bridge) => run(bridge), toString: () => title };
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

const issue = () =>
  step('issue', ({ tickets, notebook }) => {
    const secret = tickets.issueLink();
    notebook.links.push({ secret, endsAtMs: notebook.nowMs + LINK_LIFE_MS, isSpent: false });
    must(!tickets.isKey(secret), 'a link is a key');
  });

const exchangeLink = (which: number) =>
  step(`exchange link ${which}`, ({ tickets, notebook }) => {
    const link = notebook.links[which % Math.max(1, notebook.links.length)];
    if (link === undefined) return;
    const isGood = !link.isSpent && notebook.nowMs < link.endsAtMs;
    link.isSpent = true;
    const key = tickets.exchange(link.secret);
    must((key !== undefined) === isGood, `a link that is ${isGood ? 'good' : 'spent or late'}`);
    if (key === undefined) return;
    must(!notebook.keys.includes(key) && tickets.isKey(key), 'a key that is not a new one');
    notebook.keys.push(key);
  });

const exchangeKey = (which: number) =>
  step(`exchange key ${which}`, ({ tickets, notebook }) => {
    const key = notebook.keys[which % Math.max(1, notebook.keys.length)];
    if (key !== undefined)
      must(tickets.exchange(key) === key && tickets.isKey(key), 'a key that is not its own');
  });

const exchangeOther = (text: string, which: number) =>
  step(`exchange ${JSON.stringify(text)}`, ({ tickets, notebook }) => {
    const near = [...notebook.keys, ...notebook.links.map(({ secret }) => secret)];
    const known = near[which % Math.max(1, near.length)] ?? '';
    for (const word of [text, `${known}${text}`, known.slice(1), known.toUpperCase()]) {
      if (near.includes(word)) continue;
      must(
        tickets.exchange(word) === undefined && !tickets.isKey(word),
        'a word that was never given out',
      );
    }
  });

const passTime = (ms: number) =>
  step(`${ms} ms pass`, ({ notebook }) => {
    notebook.nowMs += ms;
  });

const steps = fc.commands(
  [
    fc.constant(undefined).map(issue),
    fc.nat(9).map(exchangeLink),
    fc.nat(9).map(exchangeKey),
    fc.tuple(anyText, fc.nat(9)).map(([text, which]) => exchangeOther(text, which)),
    fc.constantFrom(1, 1_000, LINK_LIFE_MS - 1, LINK_LIFE_MS).map(passTime),
  ],
  { maxCommands: 15 },
);

export const TICKET_PROPERTIES: readonly Property[] = [
  {
    title: 'links and keys of a bridge are good as often and as long as a notebook says',
    inputs: 4_000,
    async check(numRuns, seed) {
      const run = (commands: Iterable<Step>) =>
        fc.modelRun(() => {
          const notebook: Notebook = { nowMs: 0, links: [], keys: [] };
          return {
            model: notebook,
            real: { notebook, tickets: createTickets(() => notebook.nowMs) },
          };
        }, commands);
      fc.assert(fc.property(steps, run), { numRuns, seed });
    },
  },
];
