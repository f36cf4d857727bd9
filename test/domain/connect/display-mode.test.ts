import { describe, expect, it } from 'vitest';
import { chooseDisplayMode, describeViewers } from '../../../src/domain/connect/display-mode.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { fakeTransport, TIGER } from '../../helpers/fake-transport.js';

const MISSING = new DeskError('viewer.missing', { viewer: 'auto', known: ['tigervnc'] });

describe('how it is shown', () => {
  const without = fakeTransport({ chooseViewer: () => Promise.reject(MISSING) });

  it.each([
    ['none', 'forward'],
    ['web', 'web'],
    ['auto', 'web'],
  ])('where no viewer is found, %s means the %s', async (viewer, kind) => {
    expect(await chooseDisplayMode(without, viewer)).toEqual({ kind });
  });

  it('a viewer that is found is used', async () => {
    expect(await chooseDisplayMode(fakeTransport(), 'auto')).toEqual({
      kind: 'viewer',
      viewer: TIGER,
    });
  });

  it('a viewer that cannot open a window here is not started', async () => {
    const blind = fakeTransport({ chooseViewer: async () => ({ ...TIGER, problem: 'noDisplay' }) });
    await expect(chooseDisplayMode(blind, 'tigervnc')).rejects.toMatchObject({
      code: 'viewer.noDisplay',
      details: { viewer: 'TigerVNC', problem: 'noDisplay' },
    });
  });

  it('a viewer that was named must be there', async () => {
    await expect(chooseDisplayMode(without, 'tigervnc')).rejects.toBe(MISSING);
  });
});

it('tells the viewer that is asked for among all that are there', async () => {
  const { viewers, chosen } = await describeViewers(fakeTransport(), 'auto');
  expect(viewers).toEqual([TIGER]);
  expect(chosen).toBe(TIGER);
});

it('lists one that is known by its path alone', async () => {
  const custom = { ...TIGER, id: 'custom', path: '/opt/mine' };
  const transport = fakeTransport({ chooseViewer: async () => custom });
  expect((await describeViewers(transport, '/opt/mine')).viewers).toEqual([custom, TIGER]);
});

it('passes on what is no missing viewer', async () => {
  const problem = new DeskError('viewer.failed', { viewer: 'x', exitCode: 1, reason: 'x' });
  const transport = fakeTransport({ chooseViewer: () => Promise.reject(problem) });
  await expect(describeViewers(transport, 'auto')).rejects.toBe(problem);
});
