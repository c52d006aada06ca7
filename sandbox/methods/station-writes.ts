import { ErpError } from '../http/erp-error.ts';
import type { WriteCall, WriteMethod, ErpReply } from '../http/erp-method.ts';
import { fieldSet } from '../http/field-set.ts';
import { isJsonObject, listField, numberField, parseObject, textField, type JsonValue } from '../http/json.ts';
import type { Store } from '../store/open-store.ts';

const HEARTBEAT_FIELDS = fieldSet(
  `estacao:s3! instalacao:s50! versao:s20! ultimo_numero:i! cabeca_auditoria:s128 pendentes:i! valor_pendente:f! mais_antigo:t erros:i!
   relogio_ms:i resumo:a`,
);
const AUDIT_FIELDS = fieldSet('registros:a! cabeca:s128!');

type HeartbeatRow = {
  estacao: string;
  instalacao: string;
  ultimo_numero: number;
  cabeca_auditoria: string | null;
  body: string;
  at_ms: number;
};

/** The two messages a station sends about itself: its heartbeat and its audit rows. */
export function stationWrites({ db }: Store, maxBatch: number): readonly WriteMethod[] {
  const isStation = db
    .prepare<[string], number>(`SELECT 1 FROM register_rows WHERE register = 'estacoes' AND body ->> 'codigo' = ?`)
    .pluck();
  const getBeat = db.prepare<[string], HeartbeatRow>('SELECT * FROM heartbeats WHERE estacao = ?');
  const listBeats = db.prepare<[], HeartbeatRow>('SELECT * FROM heartbeats ORDER BY estacao');
  const saveBeat = db.prepare(
    `INSERT INTO heartbeats VALUES (@estacao, @instalacao, @ultimo_numero, @cabeca_auditoria, @body, 0, @at)
     ON CONFLICT (estacao) DO UPDATE SET ultimo_numero = max(ultimo_numero, @ultimo_numero), cabeca_auditoria = @cabeca_auditoria, body = @body, at_ms = @at`,
  );
  const refuseBeat = db.prepare(
    'UPDATE heartbeats SET refused_installations = refused_installations + 1 WHERE estacao = ?',
  );
  const lastNumber = db
    .prepare<[string], number | null>(
      `SELECT max(CAST(substr(cod_pedidov, 4) AS INTEGER)) FROM orders WHERE cod_pedidov GLOB ? || '*'`,
    )
    .pluck();
  const getHead = db.prepare<[string], string>('SELECT cabeca FROM audit_heads WHERE user = ?').pluck();
  const saveHead = db.prepare(
    'INSERT INTO audit_heads VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET cabeca = excluded.cabeca',
  );
  const insertAudit = db.prepare('INSERT INTO audit_rows VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');

  /**
   * Answers what the server knew before this beat, so that a restored disk sees a head it has not got, and the
   * installation that first took the station, so that a clone sees another's name. A clone's figures are not kept.
   */
  function beat({ body, user, nowMs, dates }: WriteCall): ErpReply {
    const estacao = textField(body, 'estacao') ?? '';
    const instalacao = textField(body, 'instalacao') ?? '';
    if (isStation.get(estacao) === undefined) throw new ErpError(400, `Estação não cadastrado(a): ${estacao}`);
    const known = getBeat.get(estacao);
    const head = {
      ultimo_numero: Math.max(known?.ultimo_numero ?? 0, lastNumber.get(estacao) ?? 0),
      cabeca_auditoria: getHead.get(user) ?? known?.cabeca_auditoria ?? null,
    };
    if (known === undefined || known.instalacao === instalacao) {
      const cabeca_auditoria = textField(body, 'cabeca_auditoria') ?? null;
      saveBeat.run({
        estacao,
        instalacao,
        ultimo_numero: numberField(body, 'ultimo_numero'),
        cabeca_auditoria,
        body: JSON.stringify(body),
        at: nowMs,
      });
    } else {
      refuseBeat.run(estacao);
    }
    const estacoes = listBeats
      .all()
      .map((row) => Object.assign(parseObject(row.body), { data_hora: dates.instant(row.at_ms) }));
    return {
      status: 200,
      body: { estacoes, ...head, instalacao: known?.instalacao ?? instalacao, data_hora: dates.instant(nowMs) },
    };
  }

  /** Keeps each audit row once by its `id`; the head is what the station says it is after these rows. */
  function audit({ body, user, nowMs, isRecordBusy }: WriteCall): ErpReply {
    const records = listField(body, 'registros');
    if (records.length > maxBatch)
      throw new ErpError(400, `Lote com ${records.length} registros: o máximo é ${maxBatch}`);
    const acoes = records.map((record): JsonValue => {
      const id = isJsonObject(record) ? textField(record, 'id') : undefined;
      if (id === undefined) return { id: null, acao: 100, erro: 'Registro de auditoria sem id' };
      if (isRecordBusy()) return { id, acao: 100, erro: 'Registro em uso por outro usuário' };
      return { id, acao: insertAudit.run(user, id, JSON.stringify(record), nowMs).changes, erro: null };
    });
    const isWhole = acoes.every((acao) => isJsonObject(acao) && acao['acao'] !== 100);
    if (isWhole) saveHead.run(user, textField(body, 'cabeca'));
    return { status: 200, body: { acoes, cabeca: getHead.get(user) ?? null } };
  }

  return [
    {
      kind: 'write',
      isBatch: false,
      name: 'millenium!storemanager.monitoramento.atualiza',
      summary: 'Sinal de vida da estação',
      body: HEARTBEAT_FIELDS,
      write: beat,
    },
    {
      kind: 'write',
      isBatch: true,
      name: 'millenium!storemanager.auditoria.inclui',
      summary: 'Registros de auditoria da estação',
      body: AUDIT_FIELDS,
      write: audit,
    },
  ];
}
