import type { FaultSettings } from '../../scripts/demo/erp-process.ts';

/**
 * What a server does that comes back to eight queues at once. None of it needs a person: what a server refuses in words (an
 * error inside of a 200) would wait for one.
 */
export const STORE_FAULTS: FaultSettings = {
  slow: { rate: 0.1, ms: 100 },
  timeoutAfterCommit: { rate: 0.01 },
  dropReply: { rate: 0.03 },
  halfOpen: { rate: 0.005 },
  truncatedBody: { rate: 0.015 },
  reset: { rate: 0.015 },
  captivePortal: { rate: 0.005 },
  controlCharacters: { rate: 0.2 },
  duplicateDelivery: { rate: 0.2 },
  partialErrors: { rate: 0.15 },
  tornList: { rate: 0.03 },
  cursorBack: { rate: 0.05 },
};
