import { IS_DEEP } from './deep.js';

/** Says how much a suite has tried: `npm run test:deep` collects these lines for docs/reliability.md. */
export function tellCount(what: string, count: number): void {
  if (IS_DEEP) console.log(`count | ${what} | ${count}`);
}
