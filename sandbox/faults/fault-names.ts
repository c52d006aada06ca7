/**
 * What can go wrong, by name, in the order in which it strikes a call; the first that answers ends it.
 *
 * `fit` is the calls a fault strikes when its setting lists no methods: any call, reads, writes; a fault that `needs`
 * something (rows, a cursor, a batch, a session) strikes nothing else even when methods are listed.
 */
export const FAULTS = {
  // The line: nothing reaches the ERP.
  down: { fit: 'any' },
  reset: { fit: 'any' },
  blackHole: { fit: 'any' },
  notHttp: { fit: 'any' },
  captivePortal: { fit: 'any' },
  redirect: { fit: 'any' },
  // Something else answers, or the ERP refuses: nothing is done.
  licenceBusy: { fit: 'any' },
  wrongPassword401: { fit: 'any' },
  otherLogin401: { fit: 'any' },
  expiredSession401: { fit: 'any', needs: 'caller' },
  http500: { fit: 'any' },
  errorInside200: { fit: 'any' },
  // It is done, and done wrong.
  partialErrors: { fit: 'write', needs: 'batch' },
  duplicateDelivery: { fit: 'write' },
  cursorBack: { fit: 'read', needs: 'cursor' },
  // It is done, and the reply is spoiled.
  tornList: { fit: 'read', needs: 'rows' },
  schemaDrift: { fit: 'read', needs: 'rows' },
  wrongReply: { fit: 'any', needs: 'caller' },
  controlCharacters: { fit: 'any' },
  truncatedBody: { fit: 'any' },
  wrongContentType: { fit: 'any' },
  // It is done, and the reply does not get through, or badly.
  slow: { fit: 'any' },
  timeoutAfterCommit: { fit: 'write' },
  dropReply: { fit: 'write' },
  halfOpen: { fit: 'any' },
  trickle: { fit: 'any' },
  giantBody: { fit: 'any' },
} as const satisfies Readonly<Record<string, { readonly fit: FaultFit; readonly needs?: FaultNeed }>>;

type FaultFit = 'any' | 'read' | 'write';
export type FaultNeed = 'rows' | 'cursor' | 'batch' | 'caller';
export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}
