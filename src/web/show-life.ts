import type { Life } from './connection-life.js';
import { find } from './elements.js';
import type { Texts } from './texts/en.js';

/** Renders the state of the connection: title, message, password form and retry button. */
export function showLife(life: Life, target: string, texts: Texts, nowMs: number): void {
  document.body.dataset.state = life.phase;
  find('card-title').textContent = texts.states[life.phase];
  const message = find('message');
  // A screen reader would announce the countdown every second.
  message.setAttribute('aria-live', life.phase === 'lost' ? 'off' : 'polite');
  message.textContent = sentenceOf(life, target, texts, nowMs);
  find('card').hidden = life.phase === 'connected';
  find('password-form').hidden = life.phase !== 'password';
  const retry = find('retry');
  retry.hidden = life.phase !== 'lost' && life.phase !== 'ended';
  retry.textContent = life.phase === 'lost' ? texts.tryNow : texts.tryAgain;
  if (life.phase === 'password') find<HTMLInputElement>('password').focus();
}

function sentenceOf(life: Life, target: string, texts: Texts, nowMs: number): string {
  switch (life.phase) {
    case 'opening':
      return texts.opening;
    case 'connecting':
      return texts.connecting(target);
    case 'password':
      return life.wasWrong ? texts.passwordWrong : texts.passwordAsked;
    case 'connected':
      return texts.connected;
    case 'lost': {
      const seconds = Math.max(1, Math.ceil((life.retryAtMs - nowMs) / 1_000));
      const why = life.reason === undefined ? texts.lost : texts.reason(life.reason);
      return `${why} ${texts.nextTry(seconds)}`;
    }
    case 'ended':
      return texts.reason(life.reason);
  }
}
