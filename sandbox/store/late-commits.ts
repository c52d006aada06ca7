/**
 * Rows whose transaction took its trans_id early and commits late: they are in the file, and no page shows them until
 * a higher id was read, or HOLD_MS later. Kept in memory: a restart commits what was open.
 */
export type LateCommits = {
  /** Called for every number given out; holds one in three while `isOn`. */
  readonly issued: (sequence: string, id: number) => void;
  /** The ids of a sequence that a page does not show now, as a JSON list; undefined when there are none. */
  hidden(sequence: string): string | undefined;
  /** A page was answered up to this id: what is below has been passed by, and becomes visible. */
  served(sequence: string, highest: number): void;
};

const HOLD_MS = 3000;

export function createLateCommits(isOn: () => boolean): LateCommits {
  const held = new Map<string, Map<number, number>>();
  return {
    issued(sequence, id) {
      if (!isOn() || id % 3 !== 0) return;
      const ids = held.get(sequence) ?? new Map<number, number>();
      held.set(sequence, ids.set(id, performance.now() + HOLD_MS));
    },
    hidden(sequence) {
      const ids = held.get(sequence);
      if (ids === undefined || !isOn()) return undefined;
      for (const [id, untilMs] of ids) if (performance.now() >= untilMs) ids.delete(id);
      return ids.size === 0 ? undefined : JSON.stringify([...ids.keys()]);
    },
    served(sequence, highest) {
      const ids = held.get(sequence);
      for (const id of ids?.keys() ?? []) if (id < highest) ids?.delete(id);
    },
  };
}
