import { describe, expect, it } from 'vitest';
import { chooseDisplayMode, describeViewers } from '../../../src/domain/connect/display-mode.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { fakeTransport, TIGER } from '../../helpers/fake-transport.js';

const MISSING = new DeskError('viewer.missing', { viewer: 'auto', known: ['tigervnc'] });

describe('the display mode', () => {
  const without = fakeTransport({ chooseViewer: () => Promise.reject(MISSING) });

  it.each([
    ['none', 'forward'],
    ['web', 'web'],
    ['auto', 'web'],
  ])('without an installed viewer, %s selects %s', async (viewer, kind) => {
    expect(await chooseDisplayMode(without, viewer)).toEqual({ kind });
  });

  it('uses the viewer that was found', async () => {
    expect(await chooseDisplayMode(fakeTransport(), 'auto')).toEqual({
      kind: 'viewer',
      viewer: TIGER,
    });
  });

  it('rejects a viewer that cannot open a window', async () => {
    const blind = fakeTransport({ chooseViewer: async () => ({ ...TIGER, problem: 'noDisplay' }) });
    await expect(chooseDisplayMode(blind, 'tigervnc')).rejects.toMatchObject({
      code: 'viewer.noDisplay',
      details: { viewer: 'TigerVNC', problem: 'noDisplay' },
    });
  });

  it('rejects a named viewer that is missing', async () => {
    await expect(chooseDisplayMode(without, 'tigervnc')).rejects.toBe(MISSING);
  });
});

it('describeViewers returns the installed viewers and the chosen one', async () => {
  const { viewers, chosen } = await describeViewers(fakeTransport(), 'auto');
  expect(viewers).toEqual([TIGER]);
  expect(chosen).toBe(TIGER);
});

it('describeViewers includes a custom viewer given by path', async () => {
  const custom = { ...TIGER, id: 'custom', path: '/opt/mine' };
  const transport = fakeTransport({ chooseViewer: async () => custom });
  expect((await describeViewers(transport, '/opt/mine')).viewers).toEqual([custom, TIGER]);
});

it('describeViewers rethrows errors other than viewer.missing', async () => {
  const problem = new DeskError('viewer.failed', { viewer: 'x', exitCode: 1, reason: 'x' });
  const transport = fakeTransport({ chooseViewer: () => Promise.reject(problem) });
  await expect(describeViewers(transport, 'auto')).rejects.toBe(problem);
});
