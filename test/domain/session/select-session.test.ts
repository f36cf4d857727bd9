import { describe, expect, it } from 'vitest';
import { selectSession } from '../../../src/domain/session/select-session.js';
import { errorFrom } from '../../helpers/error-from.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';

const sessionOf = (sessionId: string, id: string, name: string) => ({
  ...EXAMPLE_SESSION,
  sessionId,
  id,
  name,
});
const FOUR = sessionOf('gv101--me--SIG--4', 'e272', 'gv101:4');
const FORTY = sessionOf('gv101--me--SIG--40', 'ab12', 'gv101:40');
const OTHER = sessionOf('gv202--me--SIG--1', 'e3', 'gv202:1');
const ALL = [FOUR, FORTY, OTHER];

describe('a selector', () => {
  it.each([
    ['gv101--me--SIG--4', FOUR],
    ['gv101:4', FOUR],
    ['gv101:40', FORTY],
    ['e272', FOUR],
    ['e2', FOUR],
    ['ab', FORTY],
    ['gv2', OTHER],
  ])('%s selects one session', (selector, session) => {
    expect(selectSession(ALL, selector)).toBe(session);
  });

  it.each(['gv101', 'e', 'gv'])('%s is ambiguous', (selector) => {
    const error = errorFrom(() => selectSession(ALL, selector));
    expect([error.code, error.exitCode]).toEqual(['session.ambiguous', 2]);
  });

  it.each([
    ['gv101:5', 'gv101:4'],
    ['gv2002:1', 'gv202:1'],
    ['gv101--me--SIC--4', 'gv101--me--SIG--4'],
    ['something else', undefined],
  ])('%s has no match, and the suggestion is %s', (selector, suggestion) => {
    expect(errorFrom(() => selectSession(ALL, selector)).details).toEqual({ selector, suggestion });
  });

  it('that is ambiguous reports the matches', () => {
    expect(errorFrom(() => selectSession(ALL, 'gv101')).details).toEqual({
      selector: 'gv101',
      matches: ['gv101:4', 'gv101:40'],
    });
  });

  it.each(['gv303', 'v101', 'GV101:4', '4', 'gv101:4 '])('%j matches no session', (selector) => {
    const error = errorFrom(() => selectSession(ALL, selector));
    expect([error.code, error.exitCode, error.details]).toMatchObject([
      'session.notFound',
      3,
      { selector },
    ]);
  });

  it('that is empty matches no session, although it is a prefix of every name', () => {
    expect(errorFrom(() => selectSession([FOUR], '')).code).toBe('session.notFound');
  });
});

describe('without a selector', () => {
  it('the only session is selected', () => {
    expect(selectSession([FOUR], undefined)).toBe(FOUR);
  });

  it('no session is an error', () => {
    expect(errorFrom(() => selectSession([], undefined)).code).toBe('session.notFound');
  });

  it('several sessions are an error', () => {
    expect(errorFrom(() => selectSession(ALL, undefined)).code).toBe('session.ambiguous');
  });
});
