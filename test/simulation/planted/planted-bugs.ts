/** A bug as changes to the source of modules; each text is in its file exactly once. */
export type PlantedBug = {
  readonly name: string;
  readonly patches: readonly (readonly [file: string, text: string, instead: string])[];
};

const push = 'core/connectors/millennium/push-batch.ts';
const track = 'core/connectors/millennium/push-track.ts';
const cash = 'core/connectors/millennium/push-cash.ts';

/** Mistakes that a till's replication has made somewhere: none of them is in the product. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'refusal of a duplicate is taken as rejected',
    patches: [
      [
        push,
        '    const order = await parts.orders.findOrder(track.number, scopeOf(track));',
        `    if (failure.class === 'refused') { settle(track, 'rejected', failure.text); continue; }
    const order = await parts.orders.findOrder(track.number, scopeOf(track));`,
      ],
    ],
  },
  {
    name: 'unanswered sale is given up',
    patches: [
      [
        push,
        `else settle(track, 'unknown', failure.text, failure.class);`,
        `else settle(track, 'rejected', failure.text);`,
      ],
    ],
  },
  {
    name: 'confirmed without being read back',
    patches: [
      [
        push,
        `      else track.step = 'status';\n      serverErrors = 0;`,
        `      else settle(track, 'confirmed');\n      serverErrors = 0;`,
      ],
    ],
  },
  {
    name: 'confirmed at status 0',
    patches: [[track, 'order.status >= orderStatus.delivered', 'order.status >= 0']],
  },
  {
    name: 'a cancellation counts as done where its sale is',
    patches: [
      [
        track,
        `    if (isCancelled) settle(track, 'confirmed');\n    else track.step = 'status';`,
        `    settle(track, 'confirmed');`,
      ],
    ],
  },
  {
    name: 'key missing from an answer counts as done',
    patches: [[cash, `settle(document, 'unknown', null, 'transient')`, `settle(document, 'confirmed')`]],
  },
  {
    name: 'batch judged by its HTTP status',
    patches: [[cash, 'if (TAKEN.has(action.action))', 'if (action.action >= 0)']],
  },
  {
    name: 'acknowledged by position',
    patches: [
      [cash, 'const outcomes = batch.map((document) => {', 'const outcomes = batch.map((document, index) => {'],
      [cash, 'byId.get(document.documentId.toLowerCase())', 'answer.value.acoes[index]'],
    ],
  },
  {
    name: 'cursor before its rows',
    patches: [
      [
        'core/sync/cursor-reader.ts',
        'isLast ? nextTransId : cursor.transId',
        'isLast || true ? nextTransId : cursor.transId',
      ],
    ],
  },
  {
    name: 'cursor = max after a full page',
    patches: [
      [
        'core/connectors/millennium/read-page.ts',
        'nextTransId: highest - 1, more: true',
        'nextTransId: highest, more: true',
      ],
    ],
  },
  {
    name: 'torn list is taken as whole',
    patches: [
      ['core/connectors/millennium/decode-list.ts', 'if (rows.length > count || isTorn)', 'if (rows.length > count)'],
    ],
  },
  {
    name: 'back-off by wall clock',
    patches: [
      [
        'core/sync/reachability.ts',
        'openAtMs = clock.monotonicMs() + Math.round(ms);',
        'openAtMs = clock.nowMs() + Math.round(ms);',
      ],
      [
        'core/sync/reachability.ts',
        '(isStopped() ? null : Math.max(0, openAtMs - clock.monotonicMs()))',
        '(isStopped() ? null : Math.max(0, openAtMs - clock.nowMs()))',
      ],
    ],
  },
  {
    name: 'outbox outside the transaction',
    patches: [
      [
        'core/sale/complete-sale.ts',
        `  insertOutboxDocument(tx, {
    document: toOutboxDocument(document, { createdAtMs: nowMs, businessDay, tick: audited.sequence }, sums.totalCents),
    parents: customerParents(tx, customer),
  });`,
        `  const parents = customerParents(tx, customer);
  const audit = { createdAtMs: nowMs, businessDay, tick: audited.sequence };
  const outgoing = { document: toOutboxDocument(document, audit, sums.totalCents), parents };
  Object.assign(globalThis, { written: (later: WriteTx) => insertOutboxDocument(later, outgoing) });`,
      ],
      [
        'core/dispatch.ts',
        '    const decided = db.write(',
        `    Object.assign(globalThis, { written: null });
    const decided = db.write(`,
      ],
      [
        'core/dispatch.ts',
        '      (result) => result.ok,\n    );',
        `      (result) => result.ok,
    );
    const { written } = globalThis as unknown as { written: ((tx: WriteTx) => void) | null };
    if (written !== null) db.write(written);`,
      ],
    ],
  },
  {
    name: 'a command that is repeated is decided again',
    patches: [['core/dispatch.ts', 'if (before !== null) {', 'if (before !== null && commandId === method) {']],
  },
  {
    name: 'what was being sent at a kill is never taken up',
    patches: [
      [
        'core/sync/replicator.ts',
        'const unknown = db.write((tx) => sendingToUnknown(tx));',
        'const unknown = 0; void sendingToUnknown;',
      ],
    ],
  },
  {
    name: 'audit rows count as delivered before they are',
    patches: [
      [
        'core/sync/audit-delivery.ts',
        '    const reply = await connector.deliverAudit({ rows, head: last.hash });',
        `    db.write((tx) => saveMark(tx, 'audit_delivered', { sequence: last.sequence, hash: last.hash }));
    const reply = await connector.deliverAudit({ rows, head: last.hash });`,
      ],
    ],
  },
  {
    name: 'a server error counts as a refusal',
    patches: [
      [
        'core/connectors/millennium/classify-reply.ts',
        "return failed({ class: 'transient', text: said === null",
        "return failed({ class: status >= 500 ? 'refused' : 'transient', text: said === null",
      ],
    ],
  },
  {
    name: 'a sale does not wait for its customer',
    patches: [
      ['core/sale/complete-sale.ts', 'parents: customerParents(tx, customer),', 'parents: customerParents(tx, null),'],
    ],
  },
  {
    name: 'change is told as paid',
    patches: [
      [
        'core/sale/sale-document.ts',
        'netOfChange(tenders, payment.changeCents)',
        'netOfChange(tenders, payment.changeCents * 0)',
      ],
    ],
  },
  {
    name: 'a sale whose state was not taken is not tried again',
    patches: [
      [
        'db/outbox-queries.ts',
        `sql.raw(\`"outbox"."state" IN ('pending', 'unknown', 'sent')\`),`,
        `sql.raw(\`"outbox"."state" IN ('pending', 'unknown')\`),`,
      ],
    ],
  },
  {
    name: 'back-off without an end',
    patches: [['core/sync/reachability.ts', 'const LONGEST_WAIT_MS = 30_000;', 'const LONGEST_WAIT_MS = 86_400_000;']],
  },
  {
    // Alone it does no harm: the comparison of the day is a second defence.
    name: 'a restored ERP is not noticed, nor by the comparison of the day',
    patches: [
      [
        'core/sync/verification.ts',
        "    const open = findMark(db.read, 'verification');\n    const waitMs",
        "    if (sign !== null) return;\n    const open = findMark(db.read, 'verification');\n    const waitMs",
      ],
      [
        'core/sync/reconcile-day.ts',
        '(isLost ? requeueLost(tx, sale.documentId) : 0)',
        '(isLost && requeueLost === null ? 1 : 0)',
      ],
    ],
  },
  {
    // Alone it does no harm: a refusal is looked up, too.
    name: 'no look-up before a sale is sent again, nor after its refusal',
    patches: [
      [track, `triedBefore ? 'look-up' : first`, `triedBefore && document.kind !== 'sale' ? 'look-up' : first`],
      [
        push,
        '    const order = await parts.orders.findOrder(track.number, scopeOf(track));',
        `    if (failure.class === 'refused' && track.outgoing.triedBefore) { settle(track, 'rejected', failure.text); continue; }
    const order = await parts.orders.findOrder(track.number, scopeOf(track));`,
      ],
    ],
  },
  {
    name: "another call's answer counts as a page without rows",
    patches: [
      [
        'core/connectors/millennium/decode-list.ts',
        'return decoded.length === 0 && firstText !== null',
        'return decoded.length < 0 && firstText !== null',
      ],
    ],
  },
  {
    name: 'late page undoes a newer price',
    patches: [
      [
        'db/catalog-writes.ts',
        'setWhere: sql`excluded.trans_id > ${prices.transId} OR excluded.generation > ${prices.generation}`',
        'setWhere: sql`excluded.generation >= ${prices.generation}`',
      ],
    ],
  },
  {
    name: 'rows committed late are never read again',
    patches: [
      [
        'core/sync/pull-loop.ts',
        '(round ??= beginRound(new Map()))',
        '(round = { ...beginRound(new Map()), left: [] })',
      ],
    ],
  },
  {
    name: 'one refused sale holds up all behind it',
    patches: [
      [
        push,
        `else if (failure.class === 'refused' && !mayPass) settle(track, 'rejected', failure.text);`,
        `else if (failure.class === 'refused' && !mayPass) return failure;`,
      ],
    ],
  },
  {
    name: 'poison record is retried for ever',
    patches: [
      [
        push,
        `else if (failure.class === 'refused' && !mayPass) settle(track, 'rejected', failure.text);`,
        `else if (failure.class === 'refused' && !mayPass) settle(track, 'unknown', failure.text, 'transient');`,
      ],
    ],
  },
  {
    // Alone it does no harm: a cancellation waits for its sale.
    name: 'cancellation goes before its sale and is lost',
    patches: [
      ['core/sale/cancel-sale.ts', 'parents: [saleId],', 'parents: [],'],
      [track, `settle(track, 'waiting', 'the sale is not at the server')`, `settle(track, 'confirmed')`],
      [
        'core/connectors/millennium/change-states.ts',
        `settle(track, 'waiting', 'the sale is not at the server')`,
        `settle(track, 'confirmed')`,
      ],
    ],
  },
  {
    name: 'an edit counts as what was sent before under its key',
    patches: [
      [
        'core/connectors/millennium/push-customers.ts',
        `const difference = ifThere === 'keep' ? null : findCustomerDifference(outgoing, before.value);`,
        `const difference = ifThere === 'keep' || before.value.cpf === outgoing.person.cpf ? null : '';`,
      ],
    ],
  },
  {
    name: 'number taken before the transaction',
    patches: [
      [
        'core/dispatch.ts',
        `import { findDecidedCommand, recordCommand } from '../db/command-log-queries.ts';`,
        `import { findDecidedCommand, recordCommand } from '../db/command-log-queries.ts';
import { takeNumber } from '../db/sale-document-writes.ts';`,
      ],
      [
        'core/dispatch.ts',
        '    const decided = db.write(',
        `    if (method === 'sale.complete')
      Object.assign(globalThis, { takenNumber: db.write((tx) => takeNumber(tx, 'sale')) });
    const decided = db.write(`,
      ],
      [
        'core/sale/complete-sale.ts',
        `const sequence = takeNumber(tx, 'sale');`,
        `const sequence = takeNumber === null ? 0 : (globalThis as unknown as { takenNumber: number }).takenNumber;`,
      ],
    ],
  },
  {
    name: 'what an older disk has suspended is not asked for',
    patches: [
      [
        'core/sync/completed-elsewhere.ts',
        `if (!noteElsewhere(tx, { saleId, number, text: elsewhereWords(number), atMs })) continue;`,
        `if (!noteElsewhere(tx, { saleId: '', number, text: elsewhereWords(number), atMs })) continue;`,
      ],
    ],
  },
];
