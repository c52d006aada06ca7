import { afterEach, expect, test } from 'vitest';
import { appendAudit } from '../../../core/audit/audit.ts';
import type { PushReport } from '../../../core/connectors/connector.ts';
import type { Database } from '../../../db/database-types.ts';
import { applyOutcome, markSending } from '../../../db/outbox-writes.ts';
import { raiseSequence } from '../../../db/setup-queries.ts';
import { listAlerts, saveMark } from '../../../db/sync-mark-queries.ts';
import {
  CASH_DOCUMENT_ID,
  ORIGIN_MS,
  confirmAll,
  createScene,
  createTestReplicator,
  failing,
  queue,
  queueCash,
  saleDocument,
  stateOf,
  type Scene,
} from './support.ts';

/*
 * A core that is killed at each of its writes, one run for each: what the next one does must be the same as if nothing
 * had happened. A sign that is seen once must not die with the core that saw it.
 */

const scenes: Scene[] = [];
afterEach(() => {
  for (const { database } of scenes.splice(0)) database.remove();
});

/** Runs `prepare`, then a core that dies at its write number `kill`, then another one, after which `look` is asked. */
async function runKilled<Seen>(
  kill: number,
  prepare: (scene: Scene) => void,
  restarted: (scene: Scene) => void,
  look: (scene: Scene, stoppedReason: string | null) => Seen,
): Promise<{ readonly isKilled: boolean; readonly seen: Seen }> {
  const scene = createScene();
  const { database, clock } = scene;
  scenes.push(scene);
  // As far as the station itself: no other sign that something is lost.
  scene.connector.script.heads = { ...scene.connector.script.heads, lastNumber: 3 };
  database.db.write((tx) => raiseSequence(tx, 'sale', 3));
  prepare(scene);
  let writes = 0;
  let isKilled = false;
  const dying: Database = failing(database.db, () => {
    writes += 1;
    isKilled ||= writes > kill;
    return isKilled ? 'KILLED' : null;
  });
  const ports = { connector: scene.connector, clock, readHeads: () => ({ lastNumber: 3, auditHead: '' }) };
  try {
    const first = createTestReplicator({ ...ports, db: dying });
    first.start();
    await clock.advance(20_000);
    await first.stop();
  } catch (error) {
    expect(String(error)).toContain('KILLED');
  }
  restarted(scene);
  const second = createTestReplicator({ ...ports, db: database.db });
  second.start();
  // Within a minute: the next heartbeat of a server that says the same again would hide what was forgotten.
  await clock.advance(50_000);
  const seen = look(scene, second.view().stoppedReason);
  await second.stop();
  return { isKilled, seen };
}

/** The same for each write that there is; answers what was seen, each once. */
async function seenHoweverKilled<Seen>(
  ...parts: [
    prepare: (scene: Scene) => void,
    restarted: (scene: Scene) => void,
    look: (scene: Scene, stoppedReason: string | null) => Seen,
  ]
): Promise<{ readonly kills: number; readonly seen: Seen[] }> {
  const seen = new Set<string>();
  for (let kill = 0; ; kill += 1) {
    const run = await runKilled(kill, ...parts);
    seen.add(JSON.stringify(run.seen));
    if (!run.isKilled) return { kills: kill, seen: [...seen].map((text) => JSON.parse(text) as Seen) };
  }
}

const wasLookedUp = ({ lines }: Scene): boolean => lines.some((line) => line.endsWith('inspect'));

test('a disk older than the ERP stops the sending', async () => {
  const { kills, seen } = await seenHoweverKilled(
    ({ connector }) => {
      connector.script.heads = { ...connector.script.heads, lastNumber: 9 };
    },
    () => undefined,
    (_scene, stoppedReason) => stoppedReason,
  );
  expect(kills).toBeGreaterThan(3);
  expect(seen).toEqual(['number_behind']);
});

test('an ERP that lost rows of the audit chain has its confirmed documents looked up', async () => {
  const { kills, seen } = await seenHoweverKilled(
    ({ database, connector }) => {
      const { db } = database;
      const rows = [1, 2, 3].map((atMs) =>
        db.write((tx) => appendAudit(tx, { atMs, operatorCode: null, action: 'test', subjectId: null })),
      );
      const [first, , last] = rows;
      if (first === undefined || last === undefined) throw new Error('no rows');
      db.write((tx) => {
        saveMark(tx, 'audit_delivered', last);
        saveMark(tx, 'audit_told', { isTold: true });
      });
      connector.script.heads = { ...connector.script.heads, auditHead: first.hash };
      confirm(db, 1);
    },
    () => undefined,
    wasLookedUp,
  );
  expect(kills).toBeGreaterThan(3);
  expect(seen).toEqual([true]);
});

test('an ERP whose count of changes went back has its confirmed documents looked up, by that sign alone', async () => {
  const { kills, seen } = await seenHoweverKilled(
    ({ database, connector }) => {
      confirm(database.db, 1);
      database.db.write((tx) => saveMark(tx, 'server_revision', { highest: 100, atMs: 1 }));
      queue(database.db, saleDocument(2));
      let revision = 50;
      const confirmLater = (batch: readonly { readonly documentId: string }[]): PushReport => {
        revision += 1;
        return { ...confirmAll(batch), revisions: { lowest: revision, highest: revision } };
      };
      connector.script.push.push(...Array.from({ length: 9 }, () => confirmLater));
    },
    ({ database }) => queue(database.db, saleDocument(3)),
    wasLookedUp,
  );
  expect(kills).toBeGreaterThan(5);
  expect(seen).toEqual([true]);
});

test('a loss that was found is told, and what follows from it is done', async () => {
  const { kills, seen } = await seenHoweverKilled(
    ({ database, connector, lines }) => {
      confirm(database.db, 1);
      confirmCash(database.db);
      connector.script.lost.add(saleDocument(1).documentId);
      const open = { isOpen: true, knownGoodMs: 0, beforeMs: Number.MAX_SAFE_INTEGER, beforeId: '', isTold: false };
      database.db.write((tx) => saveMark(tx, 'verification', { ...open, cleanBatches: 0, checked: 0, lost: 0 }));
      Object.assign(connector, {
        pushCash: (batch: readonly { readonly documentId: string }[]) => {
          lines.push('cash told again');
          return Promise.resolve(confirmAll(batch));
        },
      });
    },
    () => undefined,
    ({ database, lines }) => ({
      alerts: listAlerts(database.db.read).map(({ kind }) => kind),
      sale: stateOf(database.db, saleDocument(1)),
      isCashToldAgain: lines.includes('cash told again'),
    }),
  );
  expect(kills).toBeGreaterThan(5);
  expect(seen).toEqual([{ alerts: ['erp_restored'], sale: 'confirmed', isCashToldAgain: true }]);
});

/** A sale that the ERP confirmed before. */
function confirm(db: Database, sequence: number): void {
  const sale = saleDocument(sequence);
  queue(db, sale);
  settleConfirmed(db, sale.documentId);
}

function confirmCash(db: Database): void {
  queueCash(db);
  settleConfirmed(db, CASH_DOCUMENT_ID);
}

function settleConfirmed(db: Database, documentId: string): void {
  const none = { errorClass: null, errorText: null, errorAtMs: null, remoteRef: null };
  db.write((tx) => {
    markSending(tx, documentId);
    applyOutcome(tx, { documentId, state: 'confirmed', confirmedAtMs: ORIGIN_MS, ...none });
  });
}
