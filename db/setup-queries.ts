import { eq, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { databaseInfo, enrolment, loadSteps } from './schema-setup.ts';
import { sequences } from './schema-sale.ts';
import { readStatement, writeStatement } from './statement.ts';

/** Which ERP this station belongs to, as which station; its password is in the secret store, never here. */
export type Enrolment = Omit<typeof enrolment.$inferSelect, 'id'>;

/** One step of the initial load as stored. */
export type LoadStepRow = typeof loadSteps.$inferSelect;

const enrolmentRow = readStatement((orm) =>
  orm
    .select({
      kind: enrolment.kind,
      connector: enrolment.connector,
      serverUrl: enrolment.serverUrl,
      serverUser: enrolment.serverUser,
      stationCode: enrolment.stationCode,
      priceColumn: enrolment.priceColumn,
      defaultCustomerId: enrolment.defaultCustomerId,
      defaultSalespersonCode: enrolment.defaultSalespersonCode,
      saleEvent: enrolment.saleEvent,
      returnEvent: enrolment.returnEvent,
      replacesStationCode: enrolment.replacesStationCode,
      integrationEnabled: enrolment.integrationEnabled,
      enrolledAtMs: enrolment.enrolledAtMs,
      demoProducts: enrolment.demoProducts,
      demoSeed: enrolment.demoSeed,
    })
    .from(enrolment)
    .prepare(),
);

/** The enrolment of this station, or null when it was never set up. */
export function findEnrolment(db: ReadDb): Enrolment | null {
  return enrolmentRow(db).get() ?? null;
}

const insertEnrolmentRow = writeStatement((orm) =>
  orm
    .insert(enrolment)
    .values({
      id: 1,
      kind: sql.placeholder('kind'),
      connector: sql.placeholder('connector'),
      serverUrl: sql.placeholder('serverUrl'),
      serverUser: sql.placeholder('serverUser'),
      stationCode: sql.placeholder('stationCode'),
      priceColumn: sql.placeholder('priceColumn'),
      defaultCustomerId: sql.placeholder('defaultCustomerId'),
      defaultSalespersonCode: sql.placeholder('defaultSalespersonCode'),
      saleEvent: sql.placeholder('saleEvent'),
      returnEvent: sql.placeholder('returnEvent'),
      replacesStationCode: sql.placeholder('replacesStationCode'),
      integrationEnabled: sql.placeholder('integrationEnabled'),
      enrolledAtMs: sql.placeholder('enrolledAtMs'),
      demoProducts: sql.placeholder('demoProducts'),
      demoSeed: sql.placeholder('demoSeed'),
    })
    .prepare(),
);

/** Binds this database to a station, once: a second enrolment breaks on the primary key. */
export function insertEnrolment(tx: WriteTx, row: Enrolment): void {
  insertEnrolmentRow(tx).run(row);
}

const updateServerUrl = writeStatement((orm) =>
  orm
    .update(enrolment)
    .set({ serverUrl: sql`${sql.placeholder('serverUrl')}` })
    .prepare(),
);

/** Follows the demo store's own server to another port. */
export function moveServer(tx: WriteTx, serverUrl: string): void {
  updateServerUrl(tx).run({ serverUrl });
}

const updateServer = writeStatement((orm) =>
  orm
    .update(enrolment)
    .set({ serverUrl: sql`${sql.placeholder('serverUrl')}`, serverUser: sql`${sql.placeholder('serverUser')}` })
    .prepare(),
);

/** Follows the ERP to another address or login; the station, its numbers and its documents stay. */
export function changeServer(tx: WriteTx, server: Pick<Enrolment, 'serverUrl' | 'serverUser'>): void {
  updateServer(tx).run(server);
}

const updateIntegration = writeStatement((orm) =>
  orm
    .update(enrolment)
    .set({ integrationEnabled: sql`${sql.placeholder('enabled')}` })
    .prepare(),
);

/** Turns sending and reading on or off for this station. */
export function setIntegrationEnabled(tx: WriteTx, enabled: boolean): void {
  updateIntegration(tx).run({ enabled: enabled ? 1 : 0 });
}

const installationId = readStatement((orm) =>
  orm.select({ id: databaseInfo.installationId }).from(databaseInfo).prepare(),
);

/** The identity of this database, made with it; a copied disk carries the same one. */
export function getInstallationId(db: ReadDb): string {
  const row = installationId(db).get();
  if (row === undefined) throw new Error('the database has no installation id');
  return row.id;
}

const steps = readStatement((orm) => orm.select().from(loadSteps).orderBy(loadSteps.position).prepare());

/** The steps of the initial load in their order; none before enrolment. */
export function listLoadSteps(db: ReadDb): LoadStepRow[] {
  return steps(db).all();
}

/** Every step is done: the registers and the catalogue are whole and the station may sell. */
export function isLoadComplete(db: ReadDb): boolean {
  const rows = listLoadSteps(db);
  return rows.length > 0 && rows.every((row) => row.state === 'done');
}

const upsertStep = writeStatement((orm) =>
  orm
    .insert(loadSteps)
    .values({
      step: sql.placeholder('step'),
      position: sql.placeholder('position'),
      state: sql.placeholder('state'),
      rows: sql.placeholder('rows'),
      error: sql.placeholder('error'),
    })
    .onConflictDoUpdate({
      target: loadSteps.step,
      set: { state: sql`excluded.state`, rows: sql`excluded.rows`, error: sql`excluded.error` },
    })
    .prepare(),
);

/** Adds a step or notes how it stands. */
export function saveLoadStep(tx: WriteTx, row: LoadStepRow): void {
  upsertStep(tx).run(row);
}

const raise = writeStatement((orm) =>
  orm
    .insert(sequences)
    .values({ kind: sql.placeholder('kind'), last: sql.placeholder('last') })
    .onConflictDoUpdate({ target: sequences.kind, set: { last: sql`max(${sequences.last}, excluded.last)` } })
    .prepare(),
);

const sequenceByKind = readStatement((orm) =>
  orm
    .select({ last: sequences.last })
    .from(sequences)
    .where(eq(sequences.kind, sql.placeholder('kind')))
    .prepare(),
);

/** The last number given in a sequence, 0 before the first. */
export function lastOfSequence(db: ReadDb, kind: string): number {
  return sequenceByKind(db).get({ kind })?.last ?? 0;
}

/** The next number of `kind` will be above `last`: what the ERP already holds under this station's code. */
export function raiseSequence(tx: WriteTx, kind: string, last: number): void {
  raise(tx).run({ kind, last });
}
