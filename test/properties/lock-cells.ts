/** Shared by the threads of the lock simulation: a few numbers for each of them, and the time. */
export interface LockUserData {
  readonly memory: SharedArrayBuffer;
  /** From 1; also the pid. */
  readonly index: number;
  readonly lock: string;
}

export const STATES = { ended: 0, atCall: 1, asleep: 2, inside: 3 } as const;
export const COMMANDS = { goOn: 0, die: 1 } as const;
/** The index of the current time in milliseconds. */
export const NOW = 0;

const FIELDS = ['turn', 'state', 'command', 'machine', 'sleepMs', 'hasFailed', 'isAlive'] as const;
const WIDTH = FIELDS.length + 1;
const MAX_WAIT_MS = 20_000;

export const memoryFor = (count: number) => new SharedArrayBuffer(4 * WIDTH * (count + 1));

/** The numbers of one thread. */
export interface LockCells extends Record<Exclude<(typeof FIELDS)[number], 'turn'>, number> {
  /** Resumes the thread and waits until it stops again. */
  takeTurn(): void;
  /** Waits until the thread stops. */
  untilStopped(): void;
  /** Called by the thread itself: stops until its next turn. */
  giveTurn(): void;
}

/** Values of `turn`: initially the thread's, which has to start. */
const THREAD = 0;
const DIRECTOR = 1;

export function cellsOf(memory: SharedArrayBuffer, index: number): LockCells {
  const cells = new Int32Array(memory, 4 * WIDTH * index, WIDTH);
  const handOver = (to: number) => {
    Atomics.store(cells, 0, to);
    Atomics.notify(cells, 0);
  };
  const table = {
    takeTurn() {
      handOver(THREAD);
      table.untilStopped();
    },
    untilStopped() {
      if (Atomics.wait(cells, 0, THREAD, MAX_WAIT_MS) === 'timed-out') {
        throw new Error(`thread ${index} does not stop`);
      }
    },
    giveTurn() {
      handOver(DIRECTOR);
      Atomics.wait(cells, 0, DIRECTOR);
    },
  };
  for (const [place, name] of FIELDS.entries()) {
    Object.defineProperty(table, name, {
      get: () => Atomics.load(cells, place),
      set: (value: number) => Atomics.store(cells, place, value),
    });
  }
  return table as LockCells;
}
