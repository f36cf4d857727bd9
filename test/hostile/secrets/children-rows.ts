import { IS_DEEP } from '../../helpers/deep.js';
import { FAILING_SSH, FAILING_VIEWER } from './recorder.js';

/** One command of the built program whose children are looked at. */
export interface Row {
  readonly title: string;
  readonly line: string;
  /** What takes the place of programs; an ssh that carries, a viewer that stays and a browser that loads unless told. */
  readonly programs?: Readonly<Record<string, string>>;
  /** The children that must have been started. */
  readonly starts: readonly string[];
  /** Sent once these children were started. */
  readonly signal?: NodeJS.Signals;
  readonly exitCode: number | null;
  /** The one child that has the VNC password in its environment, which is its private channel. */
  readonly hasPassword?: string;
  /** Secrets that stdout is there to print. */
  readonly prints?: readonly string[];
}

const VIA = '--allow-target --via me@login.example';
const VIEW = `vnc connect ${VIA} --viewer {folder}/xtigervncviewer`;
const watched = { starts: ['ssh', 'xtigervncviewer'], hasPassword: 'xtigervncviewer' };
const paged = { starts: ['ssh', 'browser'], prints: ['link'] };

const ROWS: readonly Row[] = [
  { title: 'a viewer that is left', line: VIEW, ...watched, signal: 'SIGINT', exitCode: 130 },
  { title: 'a viewer at SIGTERM', line: VIEW, ...watched, signal: 'SIGTERM', exitCode: 143 },
  { title: 'a viewer at SIGHUP', line: VIEW, ...watched, signal: 'SIGHUP', exitCode: 129 },
  {
    title: 'a viewer that fails and tells all it knows',
    line: VIEW,
    ...watched,
    programs: { xtigervncviewer: FAILING_VIEWER },
    exitCode: 7,
  },
  {
    title: 'an ssh that fails and tells all it knows',
    line: VIEW,
    programs: { ssh: FAILING_SSH },
    starts: ['ssh'],
    exitCode: 7,
  },
  {
    title: 'a key of its own',
    line: `${VIEW} --identity {folder}/key`,
    ...watched,
    signal: 'SIGINT',
    exitCode: 130,
  },
  {
    title: 'a port for others',
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
    title: 'the page in a browser at SIGKILL',
    line: `vnc connect ${VIA} --web`,
    ...paged,
    signal: 'SIGKILL',
    exitCode: null,
  },
  {
    title: 'the page of the platform',
    line: 'vnc open --allow-target',
    starts: ['browser'],
    prints: ['pageSecret'],
    exitCode: 0,
  },
  { title: 'a check', line: `vnc check ${VIA}`, starts: ['ssh'], exitCode: 0 },
  {
    title: 'a check whose ssh tells all it knows',
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
/** Each row at one verbosity; at all of them when there is time. */
export const CELLS = ROWS.flatMap((row, index) =>
  FLAGS.filter((_, turn) => IS_DEEP || turn === index % FLAGS.length).map((flags) => ({
    ...row,
    flags,
  })),
);
