import { ErpError } from '../http/erp-error.ts';
import type { WriteMethod } from '../http/erp-method.ts';
import { fieldSet } from '../http/field-set.ts';
import { listField, numberField, textField, type JsonObject, type JsonValue } from '../http/json.ts';
import { createJournal } from '../store/journal.ts';
import type { NextId } from '../store/next-id.ts';
import type { Store } from '../store/open-store.ts';
import type { BatchOutcome, RunBatch } from './batch-writes.ts';
import { createRegisters } from './registers.ts';

const KINDS = new Set(['ABERTURA', 'SUPRIMENTO', 'SANGRIA', 'PASSAGEM', 'DIFERENCA', 'RECEBIMENTO', 'FECHAMENTO']);

const FIELDS = fieldSet('', {
  registros: fieldSet(
    `id:s50! tipo:s20! estacao:s3! turno:i! responsavel:s60 operador:s60 data_movimento:d! data_hora:t! motivo:i cedulas:a
     malote:s40 lacre:s40 obs:s500`,
    { valores: fieldSet('tipo_pgto:i! sistema:f contado:f valor:f bandeira:i operadora:i') },
  ),
});

/** caixa/inclui: what happened to the drawer. A record is a fact: the same again is "nothing to do", another is refused. */
export function cashWrites({ db }: Store, nextId: NextId, runBatch: RunBatch): WriteMethod {
  const registers = createRegisters(db);
  const journal = createJournal(db);
  const find = db.prepare<[string], { body: string; trans_id: number }>(
    'SELECT body, trans_id FROM cash_records WHERE id = ?',
  );
  const insert = db.prepare('INSERT INTO cash_records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');

  function include(record: JsonObject, user: string, nowMs: number): BatchOutcome {
    const id = textField(record, 'id') ?? '';
    const body = canonical(record);
    const known = find.get(id);
    if (known !== undefined) {
      if (known.body !== body) throw new ErpError(400, `Registro já cadastrado com outros dados: ${id}`);
      return { acao: 0, trans_id: known.trans_id };
    }
    check(record);
    const estacao = textField(record, 'estacao') ?? '';
    const trans_id = nextId('cash_records');
    const turno = numberField(record, 'turno');
    insert.run(
      id,
      estacao,
      textField(record, 'tipo'),
      turno,
      textField(record, 'data_movimento'),
      body,
      user,
      nowMs,
      trans_id,
    );
    journal.note('cash', { code: id, document: id, totalCents: 0, atMs: nowMs });
    return { acao: 1, trans_id };
  }

  function check(record: JsonObject): void {
    const kind = textField(record, 'tipo') ?? '';
    if (!KINDS.has(kind)) throw new ErpError(400, `Tipo de movimento inválido: ${kind}`);
    registers.checkCode('estacoes', 'codigo', textField(record, 'estacao'), 'Estação');
    registers.check('motivos_financeiros', numberField(record, 'motivo'), 'Motivo financeiro');
    for (const value of listField(record, 'valores'))
      registers.check('tipos_pgto', numberField(value, 'tipo_pgto'), 'Tipo de pagamento');
  }

  return {
    kind: 'write',
    isBatch: true,
    name: 'millenium!storemanager.caixa.inclui',
    summary: 'Inclui movimentos e sessões de caixa',
    body: FIELDS,
    write: (call) =>
      runBatch(call, {
        list: 'registros',
        keysOf: (record) => ({ id: textField(record, 'id') ?? null }),
        apply: (record) => include(record, call.user, call.nowMs),
      }),
  };
}

/** The same record in another order of fields is the same record. */
function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_key, each: JsonValue) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
