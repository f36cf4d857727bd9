import type { Edge } from './edge.js';

/** `--notify`: the bell, and a notification where the terminal has them. Nothing in CI, or where nobody sits. */
export async function announceEnd(edge: Edge, path: readonly string[], isDone: boolean) {
  const { world, stderr, messages, writer } = edge;
  if (!stderr.isAnimated) return;
  const [{ readTerminalFeatures }, { formatNotification }] = await Promise.all([
    import('../../view/terminal-features.js'),
    import('../../view/terminal-signals.js'),
  ]);
  const { notification } = readTerminalFeatures(world.environment);
  const words = messages.notices[isDone ? 'done' : 'failed'];
  writer.message(formatNotification(words(path.join(' ')), notification));
}
