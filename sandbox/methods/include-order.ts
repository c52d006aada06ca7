import type { DialectControl } from '../dialects/dialect.ts';
import { errorBody, ErpError } from '../http/erp-error.ts';
import type { ErpReply, WriteCall, WriteMethod } from '../http/erp-method.ts';
import { listField, numberField, textField, type JsonObject } from '../http/json.ts';
import type { NextId } from '../store/next-id.ts';
import type { Store } from '../store/open-store.ts';
import { checkOrderMoney } from './check-order-money.ts';
import type { Credits } from './credits.ts';
import type { Customers } from './customers.ts';
import { checkVitrine } from './is-our-vitrine.ts';
import { INCLUDE_ORDER_FIELDS } from './order-fields.ts';
import { readOrderItem, readOrderPayment } from './order-lines.ts';
import { orderWriter } from './order-writer.ts';
import { createRegisters } from './registers.ts';

const METHOD = 'millenium_eco.pedido_venda.inclui';

type Dependencies = {
  readonly nextId: NextId;
  readonly customers: Customers;
  readonly credits: Credits;
  readonly dialect: DialectControl;
};

/**
 * pedido_venda/inclui: takes one sale, or refuses it in Portuguese with 400 and keeps nothing of it.
 *
 * The code is unique for ever, also among cancelled orders: a second inclusion is refused, never merged, and counted.
 */
export function includeOrder(store: Store, { nextId, customers, credits, dialect }: Dependencies): WriteMethod {
  const { db } = store;
  const registers = createRegisters(db);
  const writer = orderWriter(db, nextId);
  const isTaken = db.prepare<[string], number>('SELECT 1 FROM orders WHERE cod_pedidov = ?').pluck();
  const isProtocol = db
    .prepare<[string], number>('SELECT 1 FROM exchanges WHERE protocolo = ? AND cancelado = 0')
    .pluck();
  const isSku = db.prepare<[string], number>('SELECT 1 FROM skus WHERE sku = ?').pluck();

  function write({ body, user, nowMs }: WriteCall): ErpReply {
    const code = textField(body, 'cod_pedidov') ?? '';
    if (isTaken.get(code) !== undefined) {
      writer.recordEvent(code, 'duplicate', null, nowMs);
      return { status: 400, body: errorBody(400, `Pedido já cadastrado: ${code}`) };
    }
    const salesperson = checkHeader(body);
    const items = listField(body, 'produtos').map(readOrderItem);
    const payments = listField(body, 'lancamentos').map(readOrderPayment);
    if (items.length === 0) throw new ErpError(400, 'Pedido sem produtos');
    for (const item of items) {
      if (isSku.get(item.sku) === undefined) throw new ErpError(400, `SKU não cadastrado: ${item.sku}`);
      registers.check('funcionarios', item.vendedorItem ?? undefined, 'Vendedor');
    }
    for (const payment of payments) {
      registers.check('tipos_pgto', payment.tipoPgto, 'Tipo de pagamento');
      registers.check('bandeiras', payment.bandeira ?? undefined, 'Bandeira');
      registers.check('operadoras', payment.operadora ?? undefined, 'Operadora');
    }
    const figures = writer.figuresOf(body);
    checkOrderMoney({ items, payments, ...figures });
    checkProtocol(textField(body, 'protocolo_troca_dev'));
    spendCredits(body);
    const cliente = customerOf(body, nowMs);
    const pedidov = writer.writeOrder({ body, user, nowMs, cliente, salesperson, items, payments, figures });
    return { status: 200, body: { pedidov, cod_pedidov: code } };
  }

  function checkHeader(body: JsonObject): number | null {
    if (!/^[0-9A-Z]+$/.test(textField(body, 'cod_pedidov') ?? '')) throw new ErpError(400, 'Código do pedido inválido');
    checkVitrine(body);
    registers.checkCode('filiais', 'cod_filial', textField(body, 'cod_filial'), 'Filial');
    if (dialect.current().demandTerm && textField(body, 'cod_condicoes_pgto') === undefined)
      throw new ErpError(400, 'Condição de pagamento não informada');
    registers.checkCode('condicoes_pgto', 'codigo', textField(body, 'cod_condicoes_pgto'), 'Condição de pagamento');
    const event = textField(body, 'cod_evento');
    if (event !== '10') throw new ErpError(400, `Evento de venda não cadastrado(a): ${event}`);
    const salesperson = registers.checkCode(
      'funcionarios',
      'COD_FUNCIONARIO',
      textField(body, 'cod_vendedor'),
      'Vendedor',
    );
    return salesperson === undefined ? null : (numberField(salesperson, 'FUNCIONARIO') ?? null);
  }

  function checkProtocol(protocol: string | undefined): void {
    if (protocol !== undefined && protocol !== '' && isProtocol.get(protocol) === undefined)
      throw new ErpError(400, `Protocolo de troca não cadastrado(a): ${protocol}`);
  }

  /** A payment that names a credit takes it; what the sale had reserved becomes spent. */
  function spendCredits(body: JsonObject): void {
    const spent = new Map<string, number>();
    for (const payment of listField(body, 'lancamentos')) {
      const numero = textField(payment, 'numero_credito');
      const cents = Math.round((numberField(payment, 'valor_inicial') ?? 0) * 100);
      if (numero !== undefined && numero !== '') spent.set(numero, (spent.get(numero) ?? 0) + cents);
    }
    for (const [numero, cents] of spent) credits.hold(numero, textField(body, 'n_pedido_cliente') ?? '', cents, true);
  }

  function customerOf(body: JsonObject, nowMs: number): number {
    const cliente = numberField(body, 'cliente');
    if (cliente !== undefined) {
      if (!customers.exists(cliente)) throw new ErpError(400, `Cliente não cadastrado(a): ${cliente}`);
      return cliente;
    }
    const data = listField(body, 'dados_cliente')[0];
    if (data === undefined) throw new ErpError(400, 'Cliente não informado');
    return customers.save(data, nowMs).cliente;
  }

  return {
    kind: 'write',
    isBatch: false,
    name: METHOD,
    summary: 'Inclui uma venda',
    body: INCLUDE_ORDER_FIELDS,
    write,
  };
}
