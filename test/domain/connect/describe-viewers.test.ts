import { expect, it } from 'vitest';
import { describeViewers } from '../../../src/domain/connect/describe-viewers.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { fakeTransport, TIGER } from '../../helpers/fake-transport.js';

it('tells the one that a wish means among all that are there', async () => {
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
