import { describe, expect, it } from 'vitest';
import { findOrCreateSession } from '../../../src/domain/session/find-or-create-session.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';
import { fakePlatform } from '../../helpers/fake-platform.js';

describe('the session to connect to', () => {
  it.each([
    ['is created or found when none is named', undefined, true, ['list', 'create']],
    ['is only looked for when it is named', 'gv101', true, ['list']],
    ['is only looked for when none may be created', undefined, false, ['list']],
  ])('%s', async (_, selector, mayCreate, calls) => {
    const platform = fakePlatform();
    const { sessionId } = await findOrCreateSession(platform, { selector, mayCreate });
    expect(sessionId).toBe(EXAMPLE_SESSION.sessionId);
    expect(platform.calls).toEqual(calls);
  });

  it('is never created for a name that does not fit', async () => {
    const platform = fakePlatform();
    const wish = { selector: 'gv303', mayCreate: true };
    await expect(findOrCreateSession(platform, wish)).rejects.toMatchObject({
      code: 'session.notFound',
    });
    expect(platform.calls).toEqual(['list']);
  });
});
