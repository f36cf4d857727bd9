import { IS_DEEP } from './deep.js';

/** Prints how many cases a suite ran: `npm run test:deep` collects these lines for docs/reliability.md. */
export function printCount(what: string, count: number): void {
  if (IS_DEEP) console.log(`count | ${what} | ${count}`);
}
