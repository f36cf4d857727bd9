import type { Fault } from '../fixtures/torture-faults.js';

/** The job of the fixture, its only argument, in JSON. */
export interface TortureJob {
  /** Numbers of the rows. */
  readonly rows: readonly number[];
  /** Runs every nth point… */
  readonly everyNth: number;
  /** …starting with this one. */
  readonly first: number;
  /** Its working folder. */
  readonly folder: string;
  /** Values for the placeholders in commands. */
  readonly values: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** The result of one run whose call with this number failed. */
export interface TortureReport {
  readonly row: number;
  readonly fault: Fault;
  readonly call: number;
  /** Each call that failed. */
  readonly failed: readonly string[];
  /** Null if it did not exit. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Names of secrets found in the output or in the log of the failed run. */
  readonly shown: readonly string[];
  /** Uncaught errors, and resources still open after the run. */
  readonly loose: readonly string[];
  readonly children: readonly string[];
  /** Unexpected paths in the folder of the run. */
  readonly leftovers: readonly string[];
  /** What a later process reads: profile names, whether the login is unchanged, and settings; or why it cannot. */
  readonly store: {
    readonly problem?: string;
    readonly profiles?: readonly string[];
    readonly login?: 'same' | 'other' | 'none';
    readonly settings?: Readonly<Record<string, string>>;
  };
}
