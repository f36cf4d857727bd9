import { describe, expect, it } from 'vitest';
import {
  type Preparation,
  prepareConnection,
} from '../../../src/domain/connect/prepare-connection.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { parseLoginNode } from '../../../src/model/endpoint.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';
import { fakeTransport, TIGER } from '../../helpers/fake-transport.js';

const REFUSED = new DeskError('platform.refused', { platformCode: '10009' });
const MISSING = new DeskError('viewer.missing', { viewer: 'krdc', known: [] });

function preparation(overrides: Partial<Preparation<typeof EXAMPLE_SESSION>> = {}) {
  const { signal } = new AbortController();
  return {
    via: parseLoginNode('me@login.example'),
    viewer: 'auto',
    mayAsk: false,
    timeoutMs: 1_000,
    signal,
    findSession: async () => EXAMPLE_SESSION,
    ...overrides,
  };
}

describe('prepareConnection', () => {
  it('contacts the login node and the platform and detects viewers in parallel', async () => {
    const begun = new Set<string>();
    let resolve = () => {};
    const all = new Promise<void>((done) => {
      resolve = done;
    });
    const begin = async (what: string) => {
      begun.add(what);
      if (begun.size === 2) resolve();
      await all;
    };
    const transport = fakeTransport({
      async chooseViewer() {
        await begin('viewers');
        return TIGER;
      },
    });
    const findSession = async () => {
      expect(transport.events).toEqual(['route prepared']);
      await begin('platform');
      return EXAMPLE_SESSION;
    };
    const { found, mode } = await prepareConnection(transport, preparation({ findSession }));
    expect([found, mode]).toEqual([EXAMPLE_SESSION, { kind: 'viewer', viewer: TIGER }]);
  });

  it('opens no ssh connection on a direct route', async () => {
    const transport = fakeTransport();
    const { openForward, close } = await prepareConnection(
      transport,
      preparation({ via: undefined }),
    );
    await close();
    expect(openForward).toBe(transport.openForward);
    expect(transport.events).toEqual([]);
  });

  it('closes the route and rejects with the platform error if the platform refuses', async () => {
    const transport = fakeTransport({ chooseViewer: () => Promise.reject(MISSING) });
    const findSession = () => Promise.reject(REFUSED);
    const preparing = prepareConnection(transport, preparation({ findSession, viewer: 'krdc' }));
    await expect(preparing).rejects.toBe(REFUSED);
    expect(transport.events).toEqual(['route prepared', 'route closed']);
  });

  it('closes the route if the named viewer is missing, after the platform has answered', async () => {
    const transport = fakeTransport({ chooseViewer: () => Promise.reject(MISSING) });
    let hasAnswered = false;
    const findSession = async () => {
      await new Promise(setImmediate);
      hasAnswered = true;
      return EXAMPLE_SESSION;
    };
    const preparing = prepareConnection(transport, preparation({ findSession, viewer: 'krdc' }));
    await expect(preparing).rejects.toBe(MISSING);
    expect([hasAnswered, transport.events]).toEqual([true, ['route prepared', 'route closed']]);
  });
});
