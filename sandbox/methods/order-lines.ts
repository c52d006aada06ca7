import { ErpError } from '../http/erp-error.ts';
import { listField, numberField, textField, type JsonObject } from '../http/json.ts';
import { centsOf, milliOf } from './check-order-money.ts';

export type OrderItem = {
  readonly item: string;
  readonly sku: string;
  readonly barra: string;
  readonly quantidadeMilli: number;
  readonly precoCents: number;
  readonly vendedorItem: number | null;
  readonly descontos: readonly JsonObject[];
};

export type OrderPayment = {
  readonly tipoPgto: number;
  readonly bandeira: number | null;
  readonly operadora: number | null;
  readonly numparc: number;
  readonly parcela: number;
  readonly valorInicialCents: number;
  readonly dataVencimento: string | null;
  readonly body: JsonObject;
};

/** One line of an order; prices are net of any discount, so `desconto` must be 0. */
export function readOrderItem(body: JsonObject): OrderItem {
  const item = textField(body, 'item') ?? '';
  const quantidadeMilli = milliOf(numberField(body, 'quantidade') ?? 0, `item ${item}`);
  const precoCents = centsOf(numberField(body, 'preco') ?? 0, `preço do item ${item}`);
  if (quantidadeMilli <= 0) throw new ErpError(400, `Quantidade inválida no item ${item}`);
  if (precoCents < 0) throw new ErpError(400, `Preço inválido no item ${item}`);
  if ((numberField(body, 'desconto') ?? 0) !== 0)
    throw new ErpError(400, `Desconto do item ${item} deve ser zero: o preço é líquido`);
  return {
    item,
    sku: textField(body, 'sku') ?? '',
    barra: textField(body, 'barra') ?? '',
    quantidadeMilli,
    precoCents,
    vendedorItem: numberField(body, 'vendedor_item') ?? null,
    descontos: listField(body, 'descontos'),
  };
}

/** One instalment of one payment, net of change. */
export function readOrderPayment(body: JsonObject): OrderPayment {
  const numparc = numberField(body, 'numparc') ?? 0;
  const parcela = numberField(body, 'parcela') ?? 0;
  const valorInicialCents = centsOf(numberField(body, 'valor_inicial') ?? 0, 'lançamento');
  if (numparc < 1 || parcela < 1 || parcela > numparc)
    throw new ErpError(400, `Parcela inválida: ${parcela} de ${numparc}`);
  if (valorInicialCents <= 0) throw new ErpError(400, 'Lançamento sem valor');
  return {
    tipoPgto: numberField(body, 'tipo_pgto') ?? 0,
    bandeira: numberField(body, 'bandeira') ?? null,
    operadora: numberField(body, 'operadora') ?? null,
    numparc,
    parcela,
    valorInicialCents,
    dataVencimento: textField(body, 'data_vencimento') ?? null,
    body,
  };
}
