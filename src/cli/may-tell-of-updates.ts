import type { Edge } from './edge.js';
import { isSet } from './terminal.js';

/** Whether somebody is there who may want to know: never in CI, in a pipe, or for a program. */
export function mayTellOfUpdates({
  world,
  stdout,
  stderr,
  wishes,
}: Pick<Edge, 'world' | 'stdout' | 'stderr' | 'wishes'>): boolean {
  const { HPC_DESK_NO_UPDATE_NOTICE, CI } = world.environment;
  const isWanted = !HPC_DESK_NO_UPDATE_NOTICE && !isSet(CI) && !wishes.isQuiet && !wishes.isJson;
  return isWanted && stdout.isTerminal && stderr.isTerminal;
}
