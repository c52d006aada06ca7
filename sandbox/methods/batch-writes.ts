import type Database from 'better-sqlite3';
import { ErpError } from '../http/erp-error.ts';
import type { ErpReply, WriteCall } from '../http/erp-method.ts';
import { listField, type JsonObject } from '../http/json.ts';

/** What became of one record; 0 nothing to do, 1 included, 2 changed. */
export type BatchOutcome = { readonly acao: 0 | 1 | 2; readonly trans_id: number | null };

type Batch = {
  readonly list: string;
  readonly keysOf: (record: JsonObject) => JsonObject;
  readonly apply: (record: JsonObject) => BatchOutcome;
};

export type RunBatch = (call: WriteCall, batch: Batch) => ErpReply;

/** Writes a list of records each by itself: one that throws ErpError is answered 100 and leaves nothing behind. */
export function createRunBatch(db: Database.Database, maxBatch: number): RunBatch {
  // Inside the call's transaction this is a savepoint.
  const inSavepoint = db.transaction((apply: () => BatchOutcome) => apply());

  return ({ body, isRecordBusy }, { list, keysOf, apply }) => {
    const records = listField(body, list);
    if (records.length > maxBatch)
      throw new ErpError(400, `Lote com ${records.length} registros: o máximo é ${maxBatch}`);
    const acoes = records.map((record): JsonObject => {
      try {
        if (isRecordBusy()) throw new ErpError(400, 'Registro em uso por outro usuário');
        return { ...keysOf(record), ...inSavepoint(() => apply(record)), erro: null };
      } catch (error) {
        if (!(error instanceof ErpError)) throw error;
        return { ...keysOf(record), acao: 100, trans_id: null, erro: error.message };
      }
    });
    return { status: 200, body: { acoes } };
  };
}
