import type { WriteCall, WriteMethod } from '../http/erp-method.ts';
import type { DialectControl } from '../dialects/dialect.ts';
import { ErpError } from '../http/erp-error.ts';
import { fieldSet } from '../http/field-set.ts';
import { listField, numberField, textField, type JsonObject } from '../http/json.ts';
import type { NextId } from '../store/next-id.ts';
import type { Store } from '../store/open-store.ts';
import { centsOf } from './check-order-money.ts';
import type { Credits } from './credits.ts';
import { createDispatch } from './dispatch.ts';

const PAYMENT = fieldSet(
  `tipo_pgto:i bandeira:i operadora:i numparc:i parcela:i valor_inicial:f data_vencimento:d nsu:s50 autorizacao:s40 transacao:s14
   desc_bandeira:s50 desc_operadora:s50 numero_cartao:s20 tef:b`,
);
const NOTE = fieldSet(
  `cod_filial:s15 cod_caixa:i valor:f valor_troco:f v_acerto:f v_juros:f nota:s50 serie_nf:s5 modelo:s3 idnfe:s47 data:d
   data_hora_emissao:t tipo_emissao:s1 doc_cliente:s14 obs:s500 cfop:s10 saida:i`,
  {
    lancamentos: PAYMENT,
    creditos: fieldSet('lancamento:i valor:f numero_credito:s20'),
    produtos: fieldSet('item:s20 sku:s255 barra:s20 quantidade:f preco:f numero_prefat:s15 item_xml_nfe:i'),
  },
);
const FIELDS = fieldSet('vitrine:i! somente_inclui_pedido:b', {
  status_pedidos: fieldSet('cod_pedidov:s12! status:i! obs_canc:s255 mensagem_erro:s1000 motivo_canc:s255', {
    nota: NOTE,
  }),
});

type OrderRow = { pedidov: number; status: number; total_cents: number; cod_filial: string; n_pedido_cliente: string };
type Options = {
  readonly maxBatch: number;
  readonly dialect: DialectControl;
  readonly nextId: NextId;
  readonly credits: Credits;
};
type Outcome = { readonly acao: 0 | 1 | 2 | 100; readonly status: number | null; readonly erro: string | null };

/**
 * pedido_venda/processastatus: a batch of state changes, one answer a record, errors inside the 200.
 *
 * `0 included -> 1 paid -> 3 dispatched`, any of them `-> 5 cancelled`. A lower or equal state is "nothing to do";
 * nothing leaves 5, except a late 3 when the sandbox runs with --late3-revives.
 */
export function orderStatus({ db }: Store, { maxBatch, dialect, nextId, credits }: Options): WriteMethod {
  const findOrder = db.prepare<[string], OrderRow>(
    'SELECT pedidov, status, total_cents, cod_filial, n_pedido_cliente FROM orders WHERE cod_pedidov = ?',
  );
  const setStatus = db.prepare(
    'UPDATE orders SET status = ?, cancelado = ?, obs_canc = coalesce(?, obs_canc), trans_id = ? WHERE pedidov = ?',
  );
  const insertEvent = db.prepare(
    `INSERT INTO order_events (cod_pedidov, kind, status, at_ms) VALUES (?, 'status', ?, ?)`,
  );
  const dispatch = createDispatch(db, nextId);

  const busy: Outcome = { acao: 100, status: null, erro: 'Registro em uso por outro usuário' };

  function change(record: JsonObject, nowMs: number): Outcome {
    const order = findOrder.get(textField(record, 'cod_pedidov') ?? '');
    const wanted = numberField(record, 'status') ?? -1;
    if (order === undefined) return { acao: 1, status: null, erro: null };
    const refusal = refusalOf(order, wanted, record);
    if (refusal !== null) return { acao: 100, status: order.status, erro: refusal };
    if (order.status === wanted || (wanted < order.status && order.status !== 5))
      return { acao: 0, status: order.status, erro: null };

    const reason = textField(record, 'obs_canc') ?? textField(record, 'motivo_canc') ?? null;
    setStatus.run(wanted, wanted === 5 ? 1 : 0, reason, nextId('orders'), order.pedidov);
    insertEvent.run(textField(record, 'cod_pedidov'), wanted, nowMs);
    if (wanted === 5) credits.release(order.n_pedido_cliente);
    dispatch.follow(order.pedidov, order.status, wanted, nowMs);
    return { acao: 2, status: wanted, erro: null };
  }

  function refusalOf(order: OrderRow, wanted: number, record: JsonObject): string | null {
    if (wanted !== 1 && wanted !== 3 && wanted !== 5) return `Status inválido: ${wanted}`;
    const { late3Revives, demandCashRegister } = dialect.current();
    if (order.status === 5 && wanted !== 5 && !(wanted === 3 && late3Revives))
      return 'Pedido cancelado não pode mudar de status';
    if (demandCashRegister && wanted === 3 && !listField(record, 'nota').some((note) => numberField(note, 'cod_caixa')))
      return 'Caixa não informado na nota';
    for (const note of wanted === 5 ? [] : listField(record, 'nota')) {
      if ((textField(note, 'cod_filial') ?? order.cod_filial) !== order.cod_filial)
        return 'Filial da nota difere da filial do pedido';
      const value = numberField(note, 'valor');
      if (value !== undefined && centsOf(value, 'nota') !== order.total_cents)
        return 'Valor da nota difere do total do pedido';
    }
    return null;
  }

  function write({ body, nowMs, isRecordBusy }: WriteCall): { status: number; body: JsonObject } {
    const records = listField(body, 'status_pedidos');
    if (records.length > maxBatch)
      throw new ErpError(400, `Lote com ${records.length} registros: o máximo é ${maxBatch}`);
    const acoes = records.map((record) => {
      const { acao, status, erro } = isRecordBusy() ? busy : change(record, nowMs);
      return { cod_pedidov: textField(record, 'cod_pedidov') ?? '', acao, status, erro };
    });
    return { status: 200, body: { acoes } };
  }

  return {
    kind: 'write',
    isBatch: true,
    name: 'millenium_eco.pedido_venda.processastatus',
    summary: 'Muda o status de um lote de vendas',
    body: FIELDS,
    write,
  };
}
