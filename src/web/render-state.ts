import type { ConnectionState } from './connection-state.js';
import { find } from './elements.js';
import { texts } from './texts.js';

/** Renders the state of the connection: title, message, password form and retry button. */
export function renderState(state: ConnectionState, target: string): void {
  document.body.dataset.state = state.phase;
  find('card-title').textContent = texts.states[state.phase];
  const message = find('message');
  // A screen reader would announce the countdown every second.
  message.setAttribute('aria-live', state.phase === 'lost' ? 'off' : 'polite');
  message.textContent = sentenceOf(state, target);
  find('card').hidden = state.phase === 'connected';
  find('password-form').hidden = state.phase !== 'password';
  const retry = find('retry');
  retry.hidden = state.phase !== 'lost' && state.phase !== 'ended';
  retry.textContent = state.phase === 'lost' ? texts.tryNow : texts.tryAgain;
  if (state.phase === 'password') find<HTMLInputElement>('password').focus();
}

function sentenceOf(state: ConnectionState, target: string): string {
  switch (state.phase) {
    case 'opening':
      return texts.opening;
    case 'connecting':
      return texts.connecting(target);
    case 'password':
      return state.wasWrong ? texts.passwordWrong : texts.passwordAsked;
    case 'connected':
      return texts.connected;
    case 'lost': {
      const seconds = Math.max(1, Math.ceil((state.retryAtMs - Date.now()) / 1_000));
      return `${texts.reason(state.reason ?? 'tunnel.lost')} ${texts.nextTry(seconds)}`;
    }
    case 'ended':
      return texts.reason(state.reason);
  }
}
