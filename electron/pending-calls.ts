/** The answer to a call that no core can take. */
export const STOPPED = { ok: false, error: { code: 'station_stopped' } } as const;

/** A page asks one thing at a time; more than this waiting at once is a page gone wrong. */
const MAX_PENDING_CALLS = 256;

/** The calls that wait for their answer; each gets exactly one. */
export function createPendingCalls() {
  const waiting = new Map<number, (reply: unknown) => void>();
  let nextId = 1;
  return {
    /** Gives the call an id to send it with. Refuses (`station_stopped`) when too many wait already. */
    add(send: (id: number) => void): Promise<unknown> {
      if (waiting.size >= MAX_PENDING_CALLS) return Promise.resolve(STOPPED);
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        send(id);
      });
    },
    /** Hands the reply to whoever asked; an id nobody waits for is ignored. */
    settle(id: unknown, reply: unknown): void {
      if (typeof id !== 'number') return;
      waiting.get(id)?.(reply);
      waiting.delete(id);
    },
    failAll(): void {
      for (const id of waiting.keys()) this.settle(id, STOPPED);
    },
  };
}
