/** Says how much a suite has tried; `npm run test:deep` collects these lines for docs/reliability.md. */
export function tellCount(what: string, count: number): void {
  console.log(`count | ${what} | ${count}`);
}
