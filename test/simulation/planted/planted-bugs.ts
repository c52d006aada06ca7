/** A bug as changes to the source of one module; each text is in it exactly once. */
export type PlantedBug = {
  readonly name: string;
  readonly file: string;
  readonly patches: readonly (readonly [text: string, instead: string])[];
};

const push = 'core/connectors/millennium/push-batch.ts';
const track = 'core/connectors/millennium/push-track.ts';
const cash = 'core/connectors/millennium/push-cash.ts';

/** Mistakes that a till's replication has made somewhere: none of them is in the product. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'refusal of a duplicate is taken as rejected',
    file: push,
    patches: [
      [
        '    const order = await parts.orders.findOrder(track.number, scopeOf(track));',
        `    if (failure.class === 'refused') { settle(track, 'rejected', failure.text); continue; }
    const order = await parts.orders.findOrder(track.number, scopeOf(track));`,
      ],
    ],
  },
  {
    name: 'unanswered sale is given up',
    file: push,
    patches: [
      [`else settle(track, 'unknown', failure.text, failure.class);`, `else settle(track, 'rejected', failure.text);`],
    ],
  },
  {
    name: 'confirmed without being read back',
    file: push,
    patches: [
      [
        `      else track.step = 'status';\n      serverErrors = 0;`,
        `      else settle(track, 'confirmed');\n      serverErrors = 0;`,
      ],
    ],
  },
  {
    name: 'confirmed at status 0',
    file: track,
    patches: [['order.status >= orderStatus.delivered', 'order.status >= 0']],
  },
  {
    name: 'a cancellation counts as done where its sale is',
    file: track,
    patches: [
      [
        `    if (isCancelled) settle(track, 'confirmed');\n    else track.step = 'status';`,
        `    settle(track, 'confirmed');`,
      ],
    ],
  },
  {
    name: 'key missing from an answer counts as done',
    file: cash,
    patches: [[`settle(document, 'unknown', null, 'transient')`, `settle(document, 'confirmed')`]],
  },
  {
    name: 'batch judged by its HTTP status',
    file: cash,
    patches: [['if (TAKEN.has(action.action))', 'if (action.action >= 0)']],
  },
  {
    name: 'acknowledged by position',
    file: cash,
    patches: [
      ['const outcomes = batch.map((document) => {', 'const outcomes = batch.map((document, index) => {'],
      ['byId.get(document.documentId.toLowerCase())', 'answer.value.acoes[index]'],
    ],
  },
  {
    name: 'cursor before its rows',
    file: 'core/sync/cursor-reader.ts',
    patches: [['isLast ? nextTransId : cursor.transId', 'isLast || true ? nextTransId : cursor.transId']],
  },
  {
    name: 'cursor = max after a full page',
    file: 'core/connectors/millennium/read-page.ts',
    patches: [['nextTransId: highest - 1, more: true', 'nextTransId: highest, more: true']],
  },
  {
    name: 'torn list is taken as whole',
    file: 'core/connectors/millennium/decode-list.ts',
    patches: [['if (rows.length > count || isTorn)', 'if (rows.length > count)']],
  },
  {
    name: 'back-off by wall clock',
    file: 'core/sync/reachability.ts',
    patches: [
      ['openAtMs = clock.monotonicMs() + Math.round(ms);', 'openAtMs = clock.nowMs() + Math.round(ms);'],
      [
        '(isStopped() ? null : Math.max(0, openAtMs - clock.monotonicMs()))',
        '(isStopped() ? null : Math.max(0, openAtMs - clock.nowMs()))',
      ],
    ],
  },
  {
    name: 'outbox outside the transaction',
    file: 'core/sale/complete-sale.ts',
    patches: [
      [
        `  insertOutboxDocument(tx, {
    document: toOutboxDocument(document, { createdAtMs: nowMs, businessDay, tick: audited.sequence }, sums.totalCents),
    parents: customerParents(tx, customer),
  });`,
        `  const parents = customerParents(tx, customer);
  queueMicrotask(() => insertOutboxDocument(tx, {
    document: toOutboxDocument(document, { createdAtMs: nowMs, businessDay, tick: audited.sequence }, sums.totalCents),
    parents,
  }));`,
      ],
    ],
  },
  {
    name: 'a command that is repeated is decided again',
    file: 'core/dispatch.ts',
    patches: [['if (before !== null) {', 'if (before !== null && commandId === method) {']],
  },
  {
    name: 'what was being sent at a kill is never taken up',
    file: 'core/sync/replicator.ts',
    patches: [['const unknown = db.write((tx) => sendingToUnknown(tx));', 'const unknown = 0; void sendingToUnknown;']],
  },
  {
    name: 'audit rows count as delivered before they are',
    file: 'core/sync/audit-delivery.ts',
    patches: [
      [
        '    const reply = await connector.deliverAudit({ rows, head: last.hash });',
        `    db.write((tx) => saveMark(tx, 'audit_delivered', { sequence: last.sequence, hash: last.hash }));
    const reply = await connector.deliverAudit({ rows, head: last.hash });`,
      ],
    ],
  },
  {
    name: 'a restored ERP is not noticed',
    file: 'core/sync/verification.ts',
    patches: [
      [
        "    const open = findMark(db.read, 'verification');\n    const waitMs",
        "    if (sign !== null) return;\n    const open = findMark(db.read, 'verification');\n    const waitMs",
      ],
    ],
  },
  {
    name: 'no look-up before a sale is sent again',
    file: track,
    patches: [[`triedBefore ? 'look-up' : first`, `triedBefore && document.kind !== 'sale' ? 'look-up' : first`]],
  },
  {
    name: 'a server error counts as a refusal',
    file: 'core/connectors/millennium/classify-reply.ts',
    patches: [
      [
        "return failed({ class: 'transient', text: said === null",
        "return failed({ class: status >= 500 ? 'refused' : 'transient', text: said === null",
      ],
    ],
  },
  {
    name: 'a sale does not wait for its customer',
    file: 'core/sale/complete-sale.ts',
    patches: [['parents: customerParents(tx, customer),', 'parents: customerParents(tx, null),']],
  },
  {
    name: 'change is told as paid',
    file: 'core/sale/sale-document.ts',
    patches: [['netOfChange(tenders, payment.changeCents)', 'netOfChange(tenders, payment.changeCents * 0)']],
  },
  {
    name: 'what could not go is not tried again',
    file: 'core/sync/tasks.ts',
    patches: [[`{ task: 'push', everyMs: PUSH_EVERY_MS }`, `{ task: 'push', everyMs: Infinity }`]],
  },
  {
    name: 'back-off without an end',
    file: 'core/sync/reachability.ts',
    patches: [['const LONGEST_WAIT_MS = 30_000;', 'const LONGEST_WAIT_MS = 86_400_000;']],
  },
  {
    name: 'an answer of another call counts as not there',
    file: 'core/connectors/millennium/order-reader.ts',
    patches: [
      ["return notOrders('no orders');", 'return { ok: true, value: 0 };'],
      ['if (order === null && rows.value.length > 0)', 'if (order === null && rows.value.length > 9)'],
    ],
  },
];
