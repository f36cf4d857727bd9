import type { ConnectionState } from './connection-state.js';
import { find } from './elements.js';
import type { Texts } from './texts/en.js';

/** Renders the state of the connection: title, message, password form and retry button. */
export function renderState(
  connection: ConnectionState,
  target: string,
  texts: Texts,
  nowMs: number,
): void {
  document.body.dataset.state = connection.phase;
  find('card-title').textContent = texts.states[connection.phase];
  const message = find('message');
  // A screen reader would announce the countdown every second.
  message.setAttribute('aria-live', connection.phase === 'lost' ? 'off' : 'polite');
  message.textContent = sentenceOf(connection, target, texts, nowMs);
  find('card').hidden = connection.phase === 'connected';
  find('password-form').hidden = connection.phase !== 'password';
  const retry = find('retry');
  retry.hidden = connection.phase !== 'lost' && connection.phase !== 'ended';
  retry.textContent = connection.phase === 'lost' ? texts.tryNow : texts.tryAgain;
  if (connection.phase === 'password') find<HTMLInputElement>('password').focus();
}

function sentenceOf(
  connection: ConnectionState,
  target: string,
  texts: Texts,
  nowMs: number,
): string {
  switch (connection.phase) {
    case 'opening':
      return texts.opening;
    case 'connecting':
      return texts.connecting(target);
    case 'password':
      return connection.wasWrong ? texts.passwordWrong : texts.passwordAsked;
    case 'connected':
      return texts.connected;
    case 'lost': {
      const seconds = Math.max(1, Math.ceil((connection.retryAtMs - nowMs) / 1_000));
      const why = connection.reason === undefined ? texts.lost : texts.reason(connection.reason);
      return `${why} ${texts.nextTry(seconds)}`;
    }
    case 'ended':
      return texts.reason(connection.reason);
  }
}
