import { formatCents } from '../../contract/format.ts';
import type { ReconciliationView } from '../../contract/sync-views.ts';
import type { Database } from '../../db/database-types.ts';
import { requeueLost } from '../../db/outbox-repair.ts';
import {
  listSalesOfDay,
  listUnqueuedSales,
  saveReconciliation,
  type DaySale,
  type UnqueuedSale,
} from '../../db/reconciliation-queries.ts';
import { saveAlert } from '../../db/sync-mark-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { Connector, Remote, RemoteSale, SaleDocument } from '../connectors/connector.ts';
import { doubtRecentCustomers } from '../customer/doubt-customer.ts';
import type { Random } from '../random.ts';
import { findOwnBranch, findOwnStation } from '../setup/read-policies.ts';

type Difference = ReconciliationView['differences'][number];

/** Documents compared between two yields to the event loop: a scan may wait. */
const SALES_PER_SLICE = 25;
/** States in which a document is still on its way by itself. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['pending', 'sending', 'unknown', 'sent']);

/**
 * Compares a business day with the ERP's own list of it: each sale with its document, then count, sum and each document,
 * down to lines and payments while its payload is here. What the ERP confirmed and lacks goes back to the queue, where it
 * is looked up before it is sent, and so are its customers; any other difference waits for people, who are told. The
 * result is kept.
 */
export async function reconcileDay(
  businessDay: string,
  {
    connector,
    db,
    clock,
    random,
  }: { readonly connector: Connector; readonly db: Database; readonly clock: Clock; readonly random: Random },
): Promise<Remote<ReconciliationView>> {
  const station = findOwnStation(db.read);
  const branch = findOwnBranch(db.read);
  if (station === null || branch === null) throw new Error('a comparison needs an enrolled station');
  const { showcaseId, stationCode } = station;
  const day = await connector.readDay({ businessDay, showcaseId, branchCode: branch.branchCode, stationCode });
  if (!day.ok) return day;
  const theirs = new Map(day.value.map((sale) => [sale.number, sale]));
  const unqueued = new Map(listUnqueuedSales(db.read, businessDay).map((sale) => [sale.number, sale]));
  // The station may have been in another branch that day: the list asked for is of this one.
  const ours = listSalesOfDay(db.read, businessDay).filter(({ naturalKey, payload }) => {
    if (unqueued.has(naturalKey)) return false;
    const way = JSON.parse(payload) as Pick<SaleDocument, 'branchCode' | 'showcaseId'>;
    return way.branchCode === branch.branchCode && way.showcaseId === showcaseId;
  });
  const found: { readonly sale: DaySale; readonly difference: Difference; readonly isLost: boolean }[] = [];
  for (const [index, sale] of ours.entries()) {
    if (index > 0 && index % SALES_PER_SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
    const compared = compareSale(sale, theirs.get(sale.naturalKey) ?? null);
    if (compared !== null) found.push({ sale, ...compared });
  }
  const numbers = new Set([...ours.map(({ naturalKey }) => naturalKey), ...unqueued.keys()]);
  const strangers = day.value.filter(({ number }) => !numbers.has(number)).map((sale) => strangerOf(sale));
  const standing = [
    ...ours.filter((sale) => !isCancelledHere(sale)).map(({ amountCents }) => amountCents),
    ...[...unqueued.values()].filter((sale) => !sale.isCancelled).map(({ totalCents }) => totalCents),
  ];
  const standingThere = day.value.filter(({ isCancelled }) => !isCancelled);
  return {
    ok: true,
    value: db.write((tx) => {
      const nowMs = clock.nowMs();
      // The queue may have moved while the list was read: only what is confirmed now can have been lost.
      const requeued = found.reduce(
        (sum, { sale, isLost }) => sum + (isLost ? requeueLost(tx, sale.documentId) : 0),
        0,
      );
      // With it or not at all: the ids of customers may be somebody else's there, and what is put back is sent at once.
      if (requeued > 0) doubtRecentCustomers(tx, { connector: connector.name, knownGoodMs: 0, nowMs, random });
      const differences = [
        ...[...unqueued.values()].map((sale) => unqueuedOf(sale, theirs.get(sale.number))),
        ...found.map(({ difference }) => difference),
        ...strangers,
      ];
      const view: ReconciliationView = {
        businessDay,
        readAt: new Date(nowMs).toISOString(),
        isEqual: differences.length === 0,
        here: { sales: standing.length, cents: standing.reduce((sum, cents) => sum + cents, 0) },
        there: {
          sales: standingThere.length,
          cents: standingThere.reduce((sum, { totalCents }) => sum + totalCents, 0),
        },
        differences,
        requeued,
      };
      const { isEqual } = view;
      saveReconciliation(tx, { businessDay, readAtMs: nowMs, isEqual, view: JSON.stringify(view) });
      const unknown = differences.filter(({ isKnown }) => !isKnown).length;
      if (unknown > 0) {
        const kind = requeued > 0 ? 'day_confirmed_lost' : 'day_differs';
        const text = `Dia ${businessDay}: ${unknown} ${unknown === 1 ? 'venda difere' : 'vendas diferem'} no ERP. Veja \`station reconcile --day ${businessDay}\`.`;
        saveAlert(tx, { kind, text, atMs: nowMs });
        const detail = { differences: unknown, requeued };
        appendAudit(tx, { atMs: nowMs, operatorCode: null, action: 'day_differs', subjectId: businessDay, detail });
      }
      return view;
    }),
  };
}

function isCancelledHere({ otherState }: DaySale): boolean {
  return otherState !== null;
}

/** What is not the same in one sale; null when nothing is. Lost: the ERP confirmed it once and lacks it now. */
function compareSale(
  sale: DaySale,
  there: RemoteSale | null,
): { readonly difference: Difference; readonly isLost: boolean } | null {
  const { naturalKey: number, amountCents: hereCents, state } = sale;
  const tell = (kind: Difference['kind'], isKnown: boolean, text: string, isLost = false) => ({
    difference: { number, kind, hereCents, thereCents: there?.totalCents ?? null, isKnown, text },
    isLost,
  });
  if (there === null) {
    if (state === 'confirmed')
      return tell('missing_there', false, 'o ERP confirmou e não tem mais: volta à fila', true);
    if (state === 'discarded') return tell('missing_there', true, 'descartada por uma pessoa');
    return tell('missing_there', true, ON_ITS_WAY.has(state) ? 'a enviar' : 'espera por uma pessoa');
  }
  if (there.documentId !== sale.documentId.toLowerCase())
    return tell('different', false, 'outro documento com o número');
  const payload = JSON.parse(sale.payload) as SaleDocument | { readonly purged: true };
  const difference =
    'purged' in payload
      ? there.totalCents === hereCents
        ? null
        : `total ${there.totalCents} instead of ${hereCents} cents`
      : there.findDifference(payload);
  if (difference !== null) return tell('different', false, difference);
  if (there.isCancelled && !isCancelledHere(sale)) return tell('cancelled_there', false, 'cancelada no ERP, não aqui');
  if (isCancelledHere(sale) && !there.isCancelled) {
    if (sale.otherState === 'confirmed') {
      return tell('not_cancelled_there', false, 'o ERP confirmou o cancelamento e não o tem mais: volta à fila', true);
    }
    const isOnItsWay = ON_ITS_WAY.has(sale.otherState ?? '');
    return tell(
      'not_cancelled_there',
      true,
      isOnItsWay ? 'cancelamento a enviar' : 'cancelamento espera por uma pessoa',
    );
  }
  if (!there.isDelivered) {
    return state === 'confirmed'
      ? tell('different', false, 'o ERP a tem sem entrega: volta à fila', true)
      : tell('different', true, 'a entregar');
  }
  return null;
}

function unqueuedOf({ number, totalCents, queuedCents }: UnqueuedSale, there: RemoteSale | undefined): Difference {
  const text =
    queuedCents === null
      ? 'vendida aqui, sem documento para o ERP'
      : queuedCents === totalCents
        ? 'cancelada aqui, sem documento para o ERP'
        : `o documento para o ERP diz ${formatCents(queuedCents)}`;
  const thereCents = there?.totalCents ?? null;
  return { number, kind: 'not_queued', hereCents: totalCents, thereCents, isKnown: false, text };
}

function strangerOf({ number, totalCents }: RemoteSale): Difference {
  const text = 'está no ERP com o código desta estação, e não aqui';
  return { number, kind: 'missing_here', hereCents: null, thereCents: totalCents, isKnown: false, text };
}
