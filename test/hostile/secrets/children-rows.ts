import { IS_DEEP } from '../../helpers/deep.js';
import { FAILING_SSH, FAILING_VIEWER } from './recorder.js';

/** One command of the built program whose child processes are inspected. */
export interface Row {
  readonly title: string;
  readonly line: string;
  /** Replaces programs; by default an ssh that forwards, a viewer that keeps running and a browser that loads. */
  readonly programs?: Readonly<Record<string, string>>;
  /** The children that must have been started. */
  readonly starts: readonly string[];
  /** Sent once these children are started. */
  readonly signal?: NodeJS.Signals;
  readonly exitCode: number | null;
  /** The one child that has the VNC password in its environment, where it belongs. */
  readonly hasPassword?: string;
  /** Secrets that belong on stdout. */
  readonly prints?: readonly string[];
}

const VIA = '--allow-target --via me@login.example';
const VIEW = `vnc connect ${VIA} --viewer {folder}/xtigervncviewer`;
const watched = { starts: ['ssh', 'xtigervncviewer'], hasPassword: 'xtigervncviewer' };
const paged = { starts: ['ssh', 'browser'], prints: ['link'] };

const ROWS: readonly Row[] = [
  { title: 'a viewer ended by SIGINT', line: VIEW, ...watched, signal: 'SIGINT', exitCode: 130 },
  { title: 'a viewer ended by SIGTERM', line: VIEW, ...watched, signal: 'SIGTERM', exitCode: 143 },
  { title: 'a viewer ended by SIGHUP', line: VIEW, ...watched, signal: 'SIGHUP', exitCode: 129 },
  {
    title: 'a viewer that fails and prints its arguments and environment',
    line: VIEW,
    ...watched,
    programs: { xtigervncviewer: FAILING_VIEWER },
    exitCode: 7,
  },
  {
    title: 'an ssh that fails and prints its arguments and environment',
    line: VIEW,
    programs: { ssh: FAILING_SSH },
    starts: ['ssh'],
    exitCode: 7,
  },
  {
    title: 'an --identity file',
    line: `${VIEW} --identity {folder}/key`,
    ...watched,
    signal: 'SIGINT',
    exitCode: 130,
  },
  {
    title: 'a port without a viewer',
    line: `vnc connect ${VIA} --viewer none`,
    starts: ['ssh'],
    signal: 'SIGINT',
    exitCode: 130,
  },
  {
    title: 'the page in a browser',
    line: `vnc connect ${VIA} --web`,
    ...paged,
    signal: 'SIGINT',
    exitCode: 130,
  },
  {
    title: 'the page in a browser, ended by SIGKILL',
    line: `vnc connect ${VIA} --web`,
    ...paged,
    signal: 'SIGKILL',
    exitCode: null,
  },
  {
    title: 'the platform’s page',
    line: 'vnc open --allow-target',
    starts: ['browser'],
    prints: ['pageSecret'],
    exitCode: 0,
  },
  { title: 'vnc check', line: `vnc check ${VIA}`, starts: ['ssh'], exitCode: 0 },
  {
    title: 'vnc check with an ssh that prints its arguments and environment',
    line: `vnc check ${VIA}`,
    programs: { ssh: FAILING_SSH },
    starts: ['ssh'],
    exitCode: 8,
  },
  {
    title: 'a screenshot',
    line: `vnc screenshot ${VIA} --file {folder}/picture.png`,
    starts: ['ssh'],
    exitCode: 0,
  },
  {
    title: 'doctor',
    line: 'doctor --via me@login.example --report {folder}/report.txt',
    starts: ['ssh', 'ssh-add', 'xtigervncviewer'],
    exitCode: 8,
  },
  { title: 'viewers', line: 'viewers', starts: ['xtigervncviewer'], exitCode: 0 },
];

const FLAGS = ['--debug', '--json', '', '--json --debug'];
/** Each row at one verbosity, or at all of them in a deep run. */
export const CELLS = ROWS.flatMap((row, index) =>
  FLAGS.filter((_, turn) => IS_DEEP || turn === index % FLAGS.length).map((flags) => ({
    ...row,
    flags,
  })),
);
