import type { Clock } from '../clock.ts';

/**
 * Answers of one document, in this run of the core, that may still pass (a record in use, its sale not there) before a
 * person is asked.
 */
const MAX_REFUSALS = 8;
/** A refusal that may pass counts once in so long, a little less than the pause between two tries of its own. */
const REFUSAL_EVERY_MS = 4_000;

/**
 * Counts the refusals that may pass, so that nothing is tried for ever in silence. Whatever is done at the till sends
 * again at once: several tries within a moment say no more than one.
 */
export type RefusalCount = {
  /** One more of this document; true when a person has to be asked, after which it is counted anew. */
  readonly isEnough: (documentId: string) => boolean;
  readonly forget: (documentId: string) => void;
};

export function createRefusalCount(clock: Pick<Clock, 'monotonicMs'>): RefusalCount {
  const refusals = new Map<string, { readonly count: number; readonly atMs: number }>();
  return {
    isEnough: (documentId) => {
      const nowMs = clock.monotonicMs();
      const before = refusals.get(documentId);
      if (before !== undefined && nowMs - before.atMs < REFUSAL_EVERY_MS) return false;
      const count = (before?.count ?? 0) + 1;
      if (count >= MAX_REFUSALS) refusals.delete(documentId);
      else refusals.set(documentId, { count, atMs: nowMs });
      return count >= MAX_REFUSALS;
    },
    forget: (documentId) => void refusals.delete(documentId),
  };
}
