import type { StatusMessage } from '../../model/status.js';

/** The messages that start and end each part. */
const PARTS: readonly {
  readonly name: string;
  readonly from: StatusMessage['kind'][];
  readonly to: StatusMessage['kind'];
}[] = [
  { name: 'login', from: ['routing'], to: 'sshAlive' },
  { name: 'desktop', from: ['routing', 'sshAlive'], to: 'greeted' },
  { name: 'viewer', from: ['viewing'], to: 'inUse' },
];

/** @param nowMs - A monotonic clock. */
export function createTimings(nowMs: () => number) {
  const startedAtMs = nowMs();
  const seenAtMs = new Map<StatusMessage['kind'], number>();
  let requestsMs: number | undefined;
  return {
    /** Adds a request's duration in milliseconds; concurrent requests are summed. */
    addRequest(elapsedMs: number) {
      requestsMs = (requestsMs ?? 0) + elapsedMs;
    },
    observe({ kind }: StatusMessage) {
      // Only the first connection counts, not reconnects.
      if (!seenAtMs.has(kind)) seenAtMs.set(kind, nowMs());
    },
    /** `time: platform 210 ms, login 640 ms, desktop 35 ms, total 1120 ms`; skips parts that did not occur. */
    line() {
      const parts = PARTS.flatMap(({ name, from, to }) => {
        const endMs = seenAtMs.get(to) ?? Number.NaN;
        const beginMs = Math.max(...from.flatMap((kind) => seenAtMs.get(kind) ?? []));
        const spanMs = endMs - beginMs;
        // Infinite without a start, NaN without an end.
        return spanMs >= 0 && Number.isFinite(spanMs) ? [[name, spanMs] as const] : [];
      });
      const platform = requestsMs === undefined ? [] : [['platform', requestsMs] as const];
      const total = ['total', nowMs() - startedAtMs] as const;
      const texts = [...platform, ...parts, total].map(
        ([name, spanMs]) => `${name} ${Math.round(spanMs)} ms`,
      );
      return `time: ${texts.join(', ')}`;
    },
  };
}
