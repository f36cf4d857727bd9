import { describe, expect, it } from 'vitest';
import { chooseShowing } from '../../../src/domain/connect/choose-showing.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { fakeTransport, TIGER } from '../../helpers/fake-transport.js';

const MISSING = new DeskError('viewer.missing', { viewer: 'auto', known: ['tigervnc'] });

describe('how it is shown', () => {
  const without = fakeTransport({ chooseViewer: () => Promise.reject(MISSING) });

  it.each([
    ['none', 'forward'],
    ['web', 'web'],
    ['auto', 'web'],
  ])('where no viewer is found, %s means the %s', async (wish, kind) => {
    expect(await chooseShowing(without, wish)).toEqual({ kind });
  });

  it('a viewer that is found is used', async () => {
    expect(await chooseShowing(fakeTransport(), 'auto')).toEqual({
      kind: 'viewer',
      viewer: TIGER,
    });
  });

  it('a viewer that was named must be there', async () => {
    await expect(chooseShowing(without, 'tigervnc')).rejects.toBe(MISSING);
  });
});
