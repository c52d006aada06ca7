import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DocumentOutcome, OutgoingDocument, PushReport } from '../../core/connectors/connector.ts';
import type { PriceRow } from '../../core/connectors/register-rows.ts';
import { systemRandom } from '../../core/random.ts';
import { createInbox, type Inbox } from '../../core/sync/inbox.ts';
import { createOutbox, type Outbox } from '../../core/sync/outbox.ts';
import type { Database } from '../../db/database-types.ts';
import { findCursor } from '../../db/inbox-queries.ts';
import { openDatabase } from '../../db/open-database.ts';

import { requeueDocument, sendingToUnknown } from '../../db/outbox-writes.ts';
import { saveStation } from '../../db/station-queries.ts';
import SqliteDatabase from 'better-sqlite3';
import {
  createScriptedConnector,
  ORIGIN_MS,
  queue,
  quietLog,
  saleDocument,
  SKU,
  stateOf,
  temporaryDatabase,
} from '../core/sync/support.ts';
import { STATION_ROW } from '../support/station-rows.ts';

/* The real outbox and the real inbox on a real file, against a model that fits on one page: whatever is done in whatever order, they say the same. */

/** What one batch meets at the ERP. `killed`: the core dies with the answer on its way. */
type Weather = 'accepted' | 'answer lost' | 'refused' | 'timed out' | 'not asked' | 'killed';
const WEATHERS: readonly Weather[] = ['accepted', 'answer lost', 'refused', 'timed out', 'not asked', 'killed'];
/** As many as go into the smallest batch. */
const MOST = 5;

// The model: what the station should believe of each sale and of one price, in the fewest words.
type Model = {
  readonly sales: Map<number, 'pending' | 'unknown' | 'confirmed' | 'rejected'>;
  /** Left the station once: from then on looked up before it is sent. */
  readonly tried: Set<number>;
  cents: number | null;
  transId: number;
  cursor: number;
};
const AFTER = {
  accepted: 'confirmed',
  'answer lost': 'unknown',
  refused: 'rejected',
  'timed out': 'unknown',
  killed: 'unknown',
} as const;

function sendInModel(model: Model, weather: Weather): void {
  for (const [number, state] of model.sales) {
    if ((state !== 'pending' && state !== 'unknown') || weather === 'not asked') continue;
    model.tried.add(number);
    model.sales.set(number, AFTER[weather]);
  }
}
function resendInModel(model: Model, number: number): void {
  if (model.sales.get(number) === 'rejected') model.sales.set(number, 'pending');
}
function pageInModel(model: Model, cents: number, transId: number): void {
  if (transId > model.transId) Object.assign(model, { cents, transId });
  model.cursor = Math.max(model.cursor, transId);
}
// The end of the model.

class Killed extends Error {}

/** The station on its file; a restart opens the file again. */
class Real {
  readonly store = temporaryDatabase();
  db: Database = this.store.db;
  weather: Weather = 'accepted';
  page: readonly PriceRow[] = [];
  readonly lookedUp = new Map<string, boolean>();
  outbox!: Outbox;
  inbox!: Inbox;

  constructor() {
    this.db.write((tx) => saveStation(tx, STATION_ROW));
    this.open();
  }

  restart(): void {
    this.db.close();
    this.db = openDatabase(this.store.db.file, { nowMs: () => ORIGIN_MS, newId: () => 'installation' });
    this.db.write((tx) => sendingToUnknown(tx));
    this.open();
  }

  async send(): Promise<void> {
    await this.outbox.sendBatch().catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      this.restart();
    });
  }

  private open(): void {
    const clock = { nowMs: () => ORIGIN_MS, monotonicMs: () => 0, sleep: () => Promise.resolve() };
    const connector = {
      ...createScriptedConnector([], () => 0),
      push: (batch: readonly OutgoingDocument[]) => Promise.resolve(this.answer(batch)),
      pullPrices: ({ transId }: { readonly transId: number }) => {
        const highest = this.page.reduce((most, row) => Math.max(most, row.transId), transId);
        return Promise.resolve({ ok: true as const, value: { rows: this.page, nextTransId: highest, more: false } });
      },
    };
    this.outbox = createOutbox({ connector, db: this.db, clock, random: systemRandom, log: quietLog, batchSize: 50 });
    this.inbox = createInbox({ connector, db: this.db, clock, log: quietLog, settings: { stationCode: 'E01' } });
  }

  private answer(batch: readonly OutgoingDocument[]): PushReport {
    for (const { document, triedBefore } of batch) this.lookedUp.set(document.documentId, triedBefore);
    const { weather } = this;
    if (weather === 'killed') throw new Killed('killed');
    const results = {
      accepted: 'confirmed',
      'answer lost': 'unknown',
      refused: 'rejected',
      'timed out': 'unknown',
      'not asked': 'untried',
    } as const;
    const isOut = weather === 'timed out' || weather === 'not asked' || weather === 'answer lost';
    const outcomes = batch.map(({ document }): DocumentOutcome => {
      const errorClass = weather === 'refused' ? 'refused' : weather === 'accepted' ? null : 'transient';
      return {
        documentId: document.documentId,
        result: results[weather],
        text: weather === 'accepted' ? null : weather,
        errorClass,
        remoteRef: null,
      };
    });
    return { outcomes, failure: isOut ? { class: 'transient', text: weather, method: 'm' } : null };
  }
}

function compare(model: Model, real: Real): void {
  for (const [number, state] of model.sales)
    expect(stateOf(real.db, saleDocument(number)), `sale ${number}`).toBe(state);
  const raw = new SqliteDatabase(real.db.file, { readonly: true });
  try {
    const row = raw.prepare('SELECT price1_cents AS cents, trans_id AS transId FROM prices WHERE sku = ?').get(SKU) as
      | { cents: number; transId: number }
      | undefined;
    expect({ cents: row?.cents ?? null, transId: row?.transId ?? 0 }).toEqual({
      cents: model.cents,
      transId: model.transId,
    });
  } finally {
    raw.close();
  }
  const cursor = findCursor(real.db.read, { connector: 'millennium', method: 'prices', scope: 'vitrine 2' });
  expect(cursor?.transId ?? 0).toBe(model.cursor);
}

type Step = fc.AsyncCommand<Model, Real>;
const command = (
  text: string,
  check: (model: Model) => boolean,
  run: (model: Model, real: Real) => Promise<void> | void,
): Step => ({
  check,
  run: async (model, real) => {
    await run(model, real);
    compare(model, real);
  },
  toString: () => text,
});

const enqueue = command(
  'enqueue',
  ({ sales }) => sales.size < MOST,
  (model, real) => {
    const number = model.sales.size + 1;
    queue(real.db, saleDocument(number));
    model.sales.set(number, 'pending');
  },
);
const send = (weather: Weather): Step =>
  command(
    `send, ${weather}`,
    () => true,
    async (model, real) => {
      const triedBefore = new Set(model.tried);
      sendInModel(model, weather);
      real.weather = weather;
      real.lookedUp.clear();
      await real.send();
      // What left once is looked up before it is sent again, and nothing else is.
      for (const [id, isLookedUp] of real.lookedUp) expect(isLookedUp, id).toBe(triedBefore.has(Number(id.slice(-12))));
    },
  );
const restart = command(
  'restart',
  () => true,
  (_model, real) => real.restart(),
);
const resend = (number: number): Step =>
  command(
    `resend ${number}`,
    ({ sales }) => sales.has(number),
    (model, real) => {
      resendInModel(model, number);
      real.db.write((tx) => requeueDocument(tx, saleDocument(number).documentId));
    },
  );
const pull = (cents: number, transId: number): Step =>
  command(
    `page ${cents} at ${transId}`,
    () => true,
    async (model, real) => {
      pageInModel(model, cents, transId);
      real.page = [{ sku: SKU, price1Cents: cents, price2Cents: null, isBlocked: false, transId }];
      expect(await real.inbox.pullPage('prices')).toMatchObject({ ok: true });
    },
  );

test('outbox and cursor are where the model says, after each of any commands', { timeout: 120_000 }, async () => {
  const steps = fc.commands(
    [
      fc.constant(enqueue),
      fc.constantFrom(...WEATHERS).map((weather) => send(weather)),
      fc.constant(restart),
      fc.integer({ min: 1, max: MOST }).map((number) => resend(number)),
      // Small numbers, so that pages are repeated and older ones come late.
      fc
        .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 12 }))
        .map(([cents, transId]) => pull(cents * 100, transId)),
    ],
    { maxCommands: 40 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (commands) => {
      const real = new Real();
      try {
        await fc.asyncModelRun(
          () => ({ model: { sales: new Map(), tried: new Set<number>(), cents: null, transId: 0, cursor: 0 }, real }),
          commands,
        );
      } finally {
        real.db.close();
        real.store.remove();
      }
    }),
    { numRuns: 60 },
  );
});
