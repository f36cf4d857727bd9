import type { Fault } from '../fixtures/torture-faults.js';

/** What the fixture is to do, as its one argument in JSON. */
export interface TortureJob {
  /** Numbers of the rows. */
  readonly rows: readonly number[];
  /** Takes every so many points… */
  readonly everyNth: number;
  /** …from this one on. */
  readonly first: number;
  /** Where it works. */
  readonly folder: string;
  /** Fills in the words. */
  readonly values: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** What came of one run whose call of this number failed. */
export interface TortureReport {
  readonly row: number;
  readonly fault: Fault;
  readonly call: number;
  /** Each call that failed. */
  readonly failed: readonly string[];
  /** Null when it did not end. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Names of secrets that stand in what was printed, or in the record of the failed run. */
  readonly shown: readonly string[];
  /** What nobody caught, and what was still open when all was over. */
  readonly loose: readonly string[];
  readonly children: readonly string[];
  /** Paths below the folder of the run that should not be there. */
  readonly leftovers: readonly string[];
  /** What a later process reads: profile names, whether the login is the one before, the settings, or why it cannot. */
  readonly store: {
    readonly problem?: string;
    readonly profiles?: readonly string[];
    readonly login?: 'same' | 'other' | 'none';
    readonly settings?: Readonly<Record<string, string>>;
  };
}
