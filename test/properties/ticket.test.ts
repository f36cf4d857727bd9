import fc from 'fast-check';
import { idOf } from '../../src/model/page.js';
import { createTickets, LINK_LIFE_MS, type Tickets } from '../../src/transport/bridge/gate.js';
import { SEED } from '../helpers/deep.js';
import { testWithInputs } from './property.js';
import { anyText } from './texts.js';

/** The model: links and keys that a bridge has issued. */
interface Notebook {
  nowMs: number;
  readonly links: { readonly secret: string; readonly endsAtMs: number; isSpent: boolean }[];
  readonly keys: { readonly secret: string; readonly isReload: boolean }[];
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
    must(tickets.find(idOf(secret)) === secret, 'a link that is not known');
  });

const useLink = (which: number) =>
  step(`use link ${which}`, ({ tickets, notebook }) => {
    const link = notebook.links[which % Math.max(1, notebook.links.length)];
    if (link === undefined) return;
    const isGood = !link.isSpent && notebook.nowMs < link.endsAtMs;
    link.isSpent = true;
    const id = idOf(link.secret);
    must((tickets.find(id) === link.secret) === isGood, 'a link that is found or not');
    const keys = tickets.admit(id);
    must((keys !== undefined) === isGood, `a link that is ${isGood ? 'good' : 'spent or late'}`);
    if (keys === undefined) return;
    must(keys !== null && tickets.find(id) === undefined, 'a link that is good twice');
    if (keys === null) return;
    must(!notebook.keys.some(({ secret }) => Object.values(keys).includes(secret)), 'old keys');
    notebook.keys.push({ secret: keys.reconnect, isReload: false });
    notebook.keys.push({ secret: keys.reload, isReload: true });
  });

const useKey = (which: number) =>
  step(`use key ${which}`, ({ tickets, notebook }) => {
    const key = notebook.keys[which % Math.max(1, notebook.keys.length)];
    if (key === undefined) return;
    must(tickets.find(idOf(key.secret)) === key.secret, 'a key that is not known');
    const keys = tickets.admit(idOf(key.secret));
    must(keys !== undefined && (keys !== null) === key.isReload, 'new keys for the wrong use');
  });

const useOther = (text: string) =>
  step(`use ${JSON.stringify(text)}`, ({ tickets, notebook }) => {
    const known = [...notebook.keys, ...notebook.links].map(({ secret }) => idOf(secret));
    if (known.includes(text)) return;
    must(tickets.find(text) === undefined && tickets.admit(text) === undefined, 'an unknown ID');
  });

const passTime = (ms: number) =>
  step(`${ms} ms pass`, ({ notebook }) => {
    notebook.nowMs += ms;
  });

const steps = fc.commands(
  [
    fc.constant(undefined).map(issue),
    fc.nat(9).map(useLink),
    fc.nat(9).map(useKey),
    anyText.map(useOther),
    fc.constantFrom(1, 1_000, LINK_LIFE_MS - 1, LINK_LIFE_MS).map(passTime),
  ],
  { maxCommands: 15 },
);

testWithInputs(
  'links and keys of a bridge are valid as often and as long as in the model',
  400,
  (numRuns) => {
    const run = (commands: Iterable<Step>) =>
      fc.modelRun(() => {
        const notebook: Notebook = { nowMs: 0, links: [], keys: [] };
        return {
          model: notebook,
          real: { notebook, tickets: createTickets(() => notebook.nowMs) },
        };
      }, commands);
    fc.assert(fc.property(steps, run), { numRuns, seed: SEED });
  },
);
