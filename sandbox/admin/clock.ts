/** The server's clock, which may be wrong: it runs as the machine's does, moved by an offset. */
export type Clock = {
  readonly nowMs: () => number;
  readonly offsetMs: () => number;
  readonly setOffset: (ms: number) => void;
};

export function createClock(firstOffsetMs: number): Clock {
  let offset = firstOffsetMs;
  return {
    nowMs: () => Date.now() + offset,
    offsetMs: () => offset,
    setOffset: (ms) => {
      offset = ms;
    },
  };
}
