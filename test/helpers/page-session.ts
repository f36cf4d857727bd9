import { WebSocket } from 'ws';
import type { PageSession } from '../../src/model/page.js';

/** Does what the page does with its link: hands in the secret. */
export async function openPageSession(link: string): Promise<PageSession> {
  const { origin, hash } = new URL(link);
  const answer = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin },
    body: hash.slice(1),
  });
  if (answer.status !== 200) throw new Error(`the bridge answered ${answer.status}`);
  return (await answer.json()) as PageSession;
}

/** Opens the desktop as the page does; the caller closes it. */
export function openPageSocket(link: string, key: string): WebSocket {
  const { origin, host } = new URL(link);
  return new WebSocket(`ws://${host}/desktop`, ['binary', key], { origin });
}
