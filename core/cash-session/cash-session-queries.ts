import { ok, refuse } from '../../contract/result.ts';
import {
  countPendingCancellations,
  listCardsWithoutNsu,
  listCashMovements,
  listFinancialReasons,
} from '../../db/cash-drawer-queries.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { countUnfinishedSales, findFloatLeft, findOpenSession } from '../../db/cash-session-queries.ts';
import { findCurrentOperator } from '../../db/operator-queries.ts';
import { countQueue } from '../../db/outbox-queries.ts';
import { sumOpenPix } from '../../db/pix-queries.ts';
import type { Clock } from '../clock.ts';
import type { QueryHandler } from '../handlers.ts';
import { grantFor } from '../operator/authorise.ts';
import { listCashPaperViews } from '../receipt/paper-store.ts';
import { readPolicies } from '../setup/read-policies.ts';
import { cashSessionView, movementView, readCounts, readExpectedCash, readPlaces } from './cash-session-view.ts';
import { MAX_COUNTS } from './close-session.ts';

/** Some weeks of a till: who looks for an older paper asks the office. */
const LISTED_PAPERS = 60;

type CashQuery =
  | 'cashSession.suggestFloat'
  | 'cashSession.reasons'
  | 'cashSession.movements'
  | 'cashSession.papers'
  | 'cashSession.drawer'
  | 'cashSession.closing';

/** What the till may know of its drawer. Of what is expected in it nothing, until a count was confirmed. */
export function createCashSessionQueries({ clock }: { readonly clock: Clock }): {
  readonly [M in CashQuery]: QueryHandler<M>;
} {
  return {
    'cashSession.suggestFloat': (db) => ok({ floatCents: findFloatLeft(db) }),
    'cashSession.reasons': (db) =>
      ok(
        listFinancialReasons(db).map(({ financialReasonId, code, description, direction }) => ({
          financialReasonId,
          code,
          description,
          direction,
        })),
      ),
    'cashSession.movements': (db) => {
      const session = findOpenSession(db);
      if (session === null) return refuse({ code: 'session_closed' });
      return ok(listCashMovements(db, session.cashSessionId).map((movement) => movementView(db, movement)));
    },
    'cashSession.papers': (db) => {
      const operator = findCurrentOperator(db);
      const maySee = operator !== null && grantFor(operator, 'see_expected') === 'yes';
      return ok(
        listCashPaperViews(db, LISTED_PAPERS).filter(({ paper }) => maySee || paper.kind !== 'session_partial'),
      );
    },
    'cashSession.drawer': (db) => {
      const session = findOpenSession(db);
      const limitCents = readPolicies(db).drawerLimitCents;
      return ok({ isAboveLimit: session !== null && readExpectedCash(db, session) > limitCents, limitCents });
    },
    'cashSession.closing': (db) => {
      const session = findOpenSession(db);
      if (session === null) return refuse({ code: 'session_closed' });
      const { cashSessionId, floatCents } = session;
      const counts = readCounts(db, cashSessionId);
      return ok({
        session: cashSessionView(db, session, clock.nowMs()),
        ...countUnfinishedSales(db),
        pendingCancellations: countPendingCancellations(db, cashSessionId),
        // How many, never how much: a Pix is counted like the rest.
        pendingPix: sumOpenPix(db).reduce((sum, { count }) => sum + count, 0),
        refused: countRefused(db),
        cardsWithoutNsu: listCardsWithoutNsu(db, cashSessionId),
        places: readPlaces(db, cashSessionId).places,
        counts,
        canRecount: counts.length > 0 && counts.length < MAX_COUNTS,
        suggestedFloatCents: Math.min(floatCents, counts.at(-1)?.cashCountedCents ?? floatCents),
      });
    },
  };
}

function countRefused(db: ReadDb): number {
  const queue = countQueue(db);
  return (queue.get('rejected') ?? 0) + (queue.get('diverged') ?? 0);
}
