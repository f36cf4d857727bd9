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
  ])('%s means one session', (selector, session) => {
    expect(selectSession(ALL, selector)).toBe(session);
  });

  it.each(['gv101', 'e', 'gv'])('%s fits several', (selector) => {
    const error = errorFrom(() => selectSession(ALL, selector));
    expect([error.code, error.exitCode]).toEqual(['session.ambiguous', 2]);
  });

  it.each([
    ['gv101:5', 'gv101:4'],
    ['gv2002:1', 'gv202:1'],
    ['gv101--me--SIC--4', 'gv101--me--SIG--4'],
    ['something else', undefined],
  ])('%s that fits none may have been meant as %s', (selector, suggestion) => {
    expect(errorFrom(() => selectSession(ALL, selector)).details).toEqual({ selector, suggestion });
  });

  it('that fits several names them', () => {
    expect(errorFrom(() => selectSession(ALL, 'gv101')).details).toEqual({
      selector: 'gv101',
      matches: ['gv101:4', 'gv101:40'],
    });
  });

  it.each(['gv303', 'v101', 'GV101:4', '4', 'gv101:4 '])('%j fits none', (selector) => {
    const error = errorFrom(() => selectSession(ALL, selector));
    expect([error.code, error.exitCode, error.details]).toMatchObject([
      'session.notFound',
      3,
      { selector },
    ]);
  });

  it('that is empty fits none, although every name starts with nothing', () => {
    expect(errorFrom(() => selectSession([FOUR], '')).code).toBe('session.notFound');
  });
});

describe('without a selector', () => {
  it('the only session is meant', () => {
    expect(selectSession([FOUR], undefined)).toBe(FOUR);
  });

  it('there must be one', () => {
    expect(errorFrom(() => selectSession([], undefined)).code).toBe('session.notFound');
  });

  it('there must be no more than one', () => {
    expect(errorFrom(() => selectSession(ALL, undefined)).code).toBe('session.ambiguous');
  });
});
