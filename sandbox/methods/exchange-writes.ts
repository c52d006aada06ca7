import { ErpError } from '../http/erp-error.ts';
import type { ErpReply, WriteCall, WriteMethod } from '../http/erp-method.ts';
import { fieldSet } from '../http/field-set.ts';
import { listField, numberField, textField, type JsonObject } from '../http/json.ts';
import { createJournal } from '../store/journal.ts';
import type { NextId } from '../store/next-id.ts';
import type { Store } from '../store/open-store.ts';
import { centsOf, milliOf } from './check-order-money.ts';
import { createExchangeOrigin } from './exchange-origin.ts';
import { checkVitrine } from './is-our-vitrine.ts';
import { createRegisters } from './registers.ts';

const INCLUDE_FIELDS = fieldSet(
  `vitrine:i! faturar:s1 tipo_autorizacao_troca:i n_pedido_cliente:s50! cod_filial:s10! nota:a serie:s20 saida:i cod_pedidov_origem:s12
   tipo_pgto_credito:i cliente:i data_emissao:d cod_vendedor:s7 obs:s500 motivo:s255`,
  {
    produtos: fieldSet('item:s20 sku:s255 barra:s40 quantidade:f! preco:f! vendedor_item:i motivo:s255 lote:s50'),
  },
);

type Known = { saida: number; cancelado: number; used_cents: number };

/** troca_devolucao/inclui and cancela: goods come back to the branch, and what was paid for them becomes a credit. */
export function exchangeWrites({ db }: Store, nextId: NextId): readonly WriteMethod[] {
  const registers = createRegisters(db);
  const origin = createExchangeOrigin(db);
  const journal = createJournal(db);
  const find = db.prepare<[string], Known>(
    `SELECT e.saida, e.cancelado, (SELECT coalesce(sum(u.valor_cents), 0) FROM credit_uses u WHERE u.saida = e.saida) AS used_cents
     FROM exchanges e WHERE e.n_pedido_cliente = ?`,
  );
  const insert = db.prepare(
    `INSERT INTO exchanges VALUES (@saida, @document, @cod_filial, @origin, @cliente, @data, @quantidade, @total, @protocolo, 0, @motivo,
     @user, @body, @at, @trans_id)`,
  );
  const insertItem = db.prepare('INSERT INTO exchange_items VALUES (?, ?, ?, ?, ?, ?)');
  const setCancelled = db.prepare(
    'UPDATE exchanges SET cancelado = 1, motivo = ?, updated_at_ms = ?, trans_id = ? WHERE saida = ?',
  );
  const moveStock = db.prepare(
    `UPDATE stocks SET saldo_milli = saldo_milli + @sign * i.quantidade_milli, updated_at_ms = @at, trans_id = @trans_id
     FROM (SELECT t.sku, e.cod_filial, sum(t.quantidade_milli) AS quantidade_milli FROM exchange_items t JOIN exchanges e USING (saida)
           WHERE e.saida = @saida GROUP BY t.sku) i
     WHERE stocks.sku = i.sku AND stocks.cod_filial = i.cod_filial`,
  );

  function include({ body, user, nowMs }: WriteCall): ErpReply {
    const document = textField(body, 'n_pedido_cliente') ?? '';
    if (find.get(document) !== undefined) throw new ErpError(400, `Troca já cadastrada: ${document}`);
    checkVitrine(body);
    registers.checkCode('filiais', 'cod_filial', textField(body, 'cod_filial'), 'Filial');
    registers.check('tipos_pgto', numberField(body, 'tipo_pgto_credito'), 'Tipo de pagamento');
    const sale = origin.find(textField(body, 'cod_pedidov_origem'), numberField(body, 'saida'));
    const items = listField(body, 'produtos').map((record) => readItem(record, sale?.pedidov));
    if (items.length === 0) throw new ErpError(400, 'Troca sem produtos');
    if (sale !== undefined) origin.checkItems(sale.pedidov, items);

    const saida = nextId('invoice_ids');
    const totalCents = items.reduce(
      (sum, item) => sum + Math.round((item.precoCents * item.quantidadeMilli) / 1000),
      0,
    );
    const protocolo = `T${String(saida).padStart(8, '0')}`;
    insert.run({
      saida,
      document,
      cod_filial: textField(body, 'cod_filial'),
      origin: sale?.pedidov ?? null,
      cliente: numberField(body, 'cliente') ?? sale?.cliente ?? null,
      data: textField(body, 'data_emissao') ?? dayOf(nowMs),
      quantidade: items.reduce((sum, item) => sum + item.quantidadeMilli, 0),
      total: totalCents,
      protocolo,
      motivo: textField(body, 'motivo') ?? null,
      user,
      body: JSON.stringify(body),
      at: nowMs,
      trans_id: nextId('invoices'),
    });
    items.forEach((item, position) => {
      insertItem.run(saida, position, item.sku, item.barra, item.quantidadeMilli, item.precoCents);
    });
    moveStock.run({ sign: 1, saida, at: nowMs, trans_id: nextId('stocks') });
    journal.note('exchange', { code: String(saida), document, totalCents, atMs: nowMs });
    return {
      status: 200,
      body: { saida, nota: saida, numero_credito: String(saida), protocolo, n_pedido_cliente: document },
    };
  }

  function readItem(record: JsonObject, sale: number | undefined) {
    const sku = origin.skuOf(textField(record, 'sku'), textField(record, 'barra'), sale);
    const quantidadeMilli = milliOf(numberField(record, 'quantidade') ?? 0, `produto ${sku}`);
    const precoCents = centsOf(numberField(record, 'preco') ?? 0, `preço do produto ${sku}`);
    if (quantidadeMilli <= 0 || precoCents < 0) throw new ErpError(400, `Quantidade ou preço inválido: ${sku}`);
    return { sku, barra: textField(record, 'barra') ?? '', quantidadeMilli, precoCents };
  }

  function cancel({ body, nowMs }: WriteCall): ErpReply {
    const document = textField(body, 'n_pedido_cliente') ?? '';
    const known = find.get(document);
    if (known === undefined) throw new ErpError(400, `Troca não cadastrado(a): ${document}`);
    if (known.cancelado === 0) {
      if (known.used_cents > 0)
        throw new ErpError(400, `Crédito ${known.saida} já utilizado: a troca não pode ser cancelada`);
      setCancelled.run(textField(body, 'motivo') ?? null, nowMs, nextId('invoices'), known.saida);
      moveStock.run({ sign: -1, saida: known.saida, at: nowMs, trans_id: nextId('stocks') });
    }
    return { status: 200, body: { saida: known.saida, n_pedido_cliente: document, cancelado: true } };
  }

  return [
    {
      kind: 'write',
      isBatch: false,
      name: 'millenium_eco.troca_devolucao.inclui',
      summary: 'Inclui uma troca ou devolução',
      body: INCLUDE_FIELDS,
      write: include,
    },
    {
      kind: 'write',
      isBatch: false,
      name: 'millenium_eco.troca_devolucao.cancela',
      summary: 'Cancela uma troca ou devolução',
      body: fieldSet('vitrine:i n_pedido_cliente:s50! motivo:s255'),
      write: cancel,
    },
  ];
}

function dayOf(ms: number): string {
  return new Date(ms - 3 * 3_600_000).toISOString().slice(0, 10);
}
