import type { DateFormat } from '../http/date-format.ts';
import { parseObject, textField, type JsonObject } from '../http/json.ts';

export type OrderRow = {
  pedidov: number;
  cod_pedidov: string;
  n_pedido_cliente: string;
  cod_filial: string;
  cod_vendedor: string | null;
  id_vendedor: number | null;
  cliente: number;
  nome_cliente: string;
  cod_evento: string;
  data_emissao: string;
  data_entrega: string;
  quantidade_milli: number;
  total_cents: number;
  v_acerto_cents: number;
  status: number;
  cancelado: number;
  obs_canc: string | null;
  received_at_ms: number;
  body: string;
  trans_id: number;
};

const STATUS_NAMES: Readonly<Record<number, string>> = { 0: 'INCLUÍDO', 1: 'PAGO', 3: 'DESPACHADO', 5: 'CANCELADO' };

/** One order as both lists answer it; `rest` is what only one of them says. */
export function describeOrder(row: OrderRow, dates: DateFormat, rest: JsonObject): JsonObject {
  const total = row.total_cents / 100;
  return {
    pedidov: row.pedidov,
    cod_pedidov: row.cod_pedidov,
    n_pedido_cliente: row.n_pedido_cliente,
    cod_filial: row.cod_filial,
    cliente: row.cliente,
    nome_cliente: row.nome_cliente,
    cod_vendedor: row.cod_vendedor,
    id_vendedor: row.id_vendedor,
    cod_evento: row.cod_evento,
    origem_pedido: textField(parseObject(row.body), 'origem_pedido') ?? null,
    tipo_operacao: 'S',
    status: row.status,
    desc_status: STATUS_NAMES[row.status] ?? '',
    cancelado: row.cancelado === 1,
    motivo_canc: row.obs_canc,
    quantidade: row.quantidade_milli / 1000,
    total,
    v_acerto: row.v_acerto_cents / 100,
    valor_final: total,
    trans_id: row.trans_id,
    data_emissao: dates.day(row.data_emissao),
    data_entrega: dates.day(row.data_entrega),
    data_digitacao: dates.instant(row.received_at_ms),
    ...rest,
  };
}
