import { ErpError } from '../http/erp-error.ts';

/** Cents of an amount that came as a decimal number; refuses one with a third decimal place. */
export function centsOf(amount: number, field: string): number {
  const cents = Math.round(amount * 100);
  if (Math.abs(amount * 100 - cents) > 1e-4)
    throw new ErpError(400, `Valor de ${field} com mais de duas casas decimais: ${amount}`);
  return cents;
}

/** Thousandths of a quantity that came as a decimal number. */
export function milliOf(quantity: number, field: string): number {
  const milli = Math.round(quantity * 1000);
  if (Math.abs(quantity * 1000 - milli) > 1e-4)
    throw new ErpError(400, `Quantidade de ${field} com mais de três casas decimais: ${quantity}`);
  return milli;
}

type Money = {
  readonly items: readonly { readonly precoCents: number; readonly quantidadeMilli: number }[];
  readonly payments: readonly { readonly valorInicialCents: number }[];
  readonly quantidadeMilli: number;
  readonly vAcertoCents: number;
  readonly totalCents: number;
};

/**
 * Refuses an order whose figures do not close to the cent:
 * sum(preco * quantidade) + v_acerto = total = sum(lancamentos.valor_inicial), quantidade = sum of the items.
 */
export function checkOrderMoney({ items, payments, quantidadeMilli, vAcertoCents, totalCents }: Money): void {
  const itemsCents = items.reduce((sum, item) => sum + Math.round((item.precoCents * item.quantidadeMilli) / 1000), 0);
  const itemsMilli = items.reduce((sum, item) => sum + item.quantidadeMilli, 0);
  const paidCents = payments.reduce((sum, payment) => sum + payment.valorInicialCents, 0);
  if (itemsMilli !== quantidadeMilli) {
    throw new ErpError(
      400,
      `Quantidade do pedido (${quantidadeMilli / 1000}) difere da soma dos itens (${itemsMilli / 1000})`,
    );
  }
  if (itemsCents + vAcertoCents !== totalCents) {
    throw new ErpError(
      400,
      `Total do pedido (${reais(totalCents)}) difere da soma dos itens com o acerto (${reais(itemsCents + vAcertoCents)})`,
    );
  }
  if (paidCents !== totalCents) {
    throw new ErpError(
      400,
      `Soma dos lançamentos (${reais(paidCents)}) difere do total do pedido (${reais(totalCents)})`,
    );
  }
}

function reais(cents: number): string {
  return (cents / 100).toFixed(2);
}
