import { type PageSession, SESSION_PATH } from '../model/page.js';

/** What the program answers to the word that the page has; both failures are final for that word. */
export type Admission = PageSession | 'linkSpent' | 'programGone';

const STORED_KEY = 'hpc-desk.key';

/**
 * Hands in the secret of the link, which is cleared from the address, or else the key that this tab has had before.
 *
 * Of what comes back only the key is kept, for a reload, in the storage of this tab
 * (`docs/decisions/04-page-key-in-session-storage.md`).
 */
export async function openSession(): Promise<Admission> {
  const secret = location.hash.slice(1);
  if (secret !== '') history.replaceState(null, '', '/');
  const word = secret === '' ? sessionStorage.getItem(STORED_KEY) : secret;
  if (word === null) return 'linkSpent';
  try {
    const answer = await fetch(SESSION_PATH, { method: 'POST', body: word });
    if (!answer.ok) return 'linkSpent';
    const session: PageSession = await answer.json();
    sessionStorage.setItem(STORED_KEY, session.key);
    return session;
  } catch {
    // Nobody listens there any more.
    return 'programGone';
  }
}

/** Whether the program still runs and knows this tab. */
export async function isStillThere(key: string): Promise<boolean> {
  try {
    return (await fetch(SESSION_PATH, { method: 'POST', body: key })).ok;
  } catch {
    return false;
  }
}
